"""The disk's faults in words."""

from __future__ import annotations

import errno
import re

from mingxi_desktop.errors import UserError, disk_reason


def test_the_disk_is_told_in_chinese_whatever_the_system_speaks() -> None:
    for number in (*errno.errorcode, None):
        reason = disk_reason(OSError(number, "Some words"))
        assert reason, number
        assert not any(char.isascii() and char.isalpha() for char in re.sub("U盘|Excel|WPS", "", reason)), (
            number
        )


def test_a_file_held_by_another_program_has_no_number_on_windows() -> None:
    assert "正被 Excel、WPS 等程序打开" in disk_reason(PermissionError())


def test_one_line_ends_no_sentence_twice() -> None:
    error = UserError("没有保存。", "磁盘满了", "腾出空间再试。")
    assert error.in_one_line() == "没有保存。磁盘满了。腾出空间再试。"
    assert error.in_one_line("；") == "没有保存；磁盘满了；腾出空间再试。"
    assert UserError("没有保存").in_one_line() == "没有保存"
