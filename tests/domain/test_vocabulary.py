"""The delivered words: what clerks and townships write for them, and what is not taken for one of them."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.parse import ParseError, match_choice
from mingxi_desktop.domain.vocabulary import delivered


@pytest.mark.parametrize(
    ("vocabulary", "written", "meant"),
    [
        ("industry", "建设 加油站 人员密集场所 九小场所 商贸", "建筑施工 危化品 消防 消防 工贸"),
        ("inspection_type", "四不两直 专项检查 综合检查", "暗访 专项检查 综合检查"),
        ("key_period", "元旦 中秋节 防火期 元旦春节期间 中秋国庆", "元旦 中秋 高森林火险期 春节 国庆"),
        ("measure", "降低资质等级", "暂扣吊销"),
        ("procedure", "当场处罚 一般", "简易 普通"),
        ("disaster_type", "雷击 寒潮 山洪 内涝 病虫害", "风雹 低温冷冻 暴雨洪涝 暴雨洪涝 生物灾害"),
        ("response_action", "升 降 升级 下调", "提升 降低 提升 降低"),
        ("convener", "防汛抗旱指挥部 县安委会", "县防指 县委县政府"),
        ("movement_type", "社会捐赠", "接收调入"),
        ("fund_direction", "市级下拨 拨付", "争取 下拨"),
        ("activity_type", "执法培训 特种作业培训 咨询日", "执法人员培训 从业人员培训 宣传活动"),
        ("drill_hazard", "防台风 山体滑坡", "防汛 地质灾害"),
        ("output_item", "手册 LED 应急广播", "宣传资料 电子屏 广播"),
        ("team_type", "蓝天救援队 微型消防站", "兼职社会 微型消防站"),
        ("facility_type", "蓄水池 长廊 微型消防站", "取水点 宣教阵地 消防站"),
    ],
)
def test_words_with_one_meaning(vocabulary, written, meant) -> None:
    words = delivered()[vocabulary]
    found = [match_choice(word, words.values, words.spellings).value for word in written.split()]
    assert found == meant.split()


@pytest.mark.parametrize(
    ("vocabulary", "written"),
    [
        ("industry", "水上交通 自建房 烟花爆竹 煤矿"),
        ("inspection_type", "安全检查 节前检查"),
        ("measure", "责令关闭"),
        ("convener", "市应急局 县森防指 安委办"),
        ("movement_type", "入库 出库 捐赠 配发"),
        ("fund_direction", "到账 下达"),
        ("drill_form", "功能演练 综合演练"),
        ("team_type", "义务消防队"),
        ("accident_grade", "重特大"),
    ],
)
def test_words_with_no_clear_meaning_are_asked(vocabulary, written) -> None:
    words = delivered()[vocabulary]
    for word in written.split():
        with pytest.raises(ParseError):
            match_choice(word, words.values, words.spellings)


def test_a_word_set_apart_is_no_choice_and_no_synonym() -> None:
    for vocabulary in delivered().values():
        apart = {word for word, choice in vocabulary.spellings.items() if not choice}
        assert not apart & (set(vocabulary.values) | set(vocabulary.synonyms))
        assert {**vocabulary.spellings, **vocabulary.synonyms} == dict(vocabulary.spellings)
