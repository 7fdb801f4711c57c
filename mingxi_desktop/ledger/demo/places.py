"""The demonstration county: real townships and villages, invented firms and people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from mingxi_desktop.domain.vocabulary import delivered_list
from mingxi_desktop.ledger.demo.chance import Chance
from mingxi_desktop.ledger.demo.sheets import COUNTY

WEIGHTS: Mapping[str, float] = {
    "雪峰镇": 3.6,
    "盖洋镇": 2.1,
    "胡坊镇": 1.8,
    "瀚仙镇": 1.7,
    "城关乡": 1.5,
    "沙溪乡": 1.2,
    "夏阳乡": 1.1,
    "枫溪乡": 1.0,
    "夏坊乡": 0.9,
}
"""The townships and how much happens there."""

_WORDS = (
    "瑞丰 鑫源 恒泰 宏达 永顺 金谷 华盛 兴隆 福源 翠竹 同心 嘉禾 天成 万和 顺达 德润 丰华 聚源 明辉 广源 安顺 "
    "祥和 昌盛 利民 惠民 长青 松涛 碧源 雪松 闽翠 客源 玉虚 南山 银杏 青峰 红豆 云岭 新业 大丰 三友 百合 润泽 "
    "金桥 宝利 信诚 腾飞 新盛 富民 联发 和兴 久安 泰和 清泉 龙腾 日升 春晖 秋实 双溪 正源 博远 晨光 星火 东升 "
    "锦程 汇丰 佳乐 凯旋 宏业 隆盛 诚达 万顺 金穗 绿野 启航 远航 华茂 岚田 溪源 丰泽 中兴 吉祥 如意 百盛 鸿运 "
    "锦绣 盛泰 佳美 安泰 永康 良友 福满 茂源"
).split()
_TOWN_FIRMS = (
    (
        ("消防", "{word}宾馆"),
        ("消防", "{village}综合市场"),
        ("消防", "{word}购物广场"),
        ("道路交通", "{word}汽车运输有限公司"),
        ("工贸", "{word}竹木制品有限公司"),
        ("工贸", "{village}茶叶加工厂"),
        ("建筑施工", "{word}建设工程有限公司{village}项目部"),
        ("危化品", "{village}加油站"),
        ("城镇燃气", "{word}液化气供应站"),
        ("农业", "{village}农机专业合作社"),
        ("教育", "{word}幼儿园"),
        ("森林防火", "{village}林场"),
        ("特种设备", "{word}锅炉安装有限公司"),
    ),
    (
        ("消防", "{word}酒家"),
        ("消防", "{village}自建房出租屋"),
        ("消防", "{word}养老服务中心"),
        ("道路交通", "{word}物流有限公司"),
        ("工贸", "{word}食品有限公司"),
        ("工贸", "{word}纺织(福建)有限公司"),
        ("建筑施工", "{village}安置房项目部"),
        ("危化品", "{word}烟花爆竹专营店"),
        ("城镇燃气", "{word}燃气有限公司{town}站"),
        ("非煤矿山", "{village}萤石矿业有限公司"),
        ("文化旅游", "{word}生态农庄"),
        ("水利", "{village}水电站"),
        ("教育", "{word}职业培训学校"),
    ),
)
_COUNTY_FIRMS = (
    ("危化品", "{word}新材料有限公司"),
    ("危化品", "{word}氟化工有限公司"),
    ("危化品", "{word}医药化工有限公司"),
    ("工贸", "{word}机械制造有限公司"),
    ("工贸", "{word}林产工业有限公司"),
    ("道路交通", "{word}公交有限公司"),
    ("建筑施工", "{word}市政工程有限公司"),
    ("城镇燃气", "{word}管道燃气有限公司"),
    ("消防", "{word}大酒店"),
    ("消防", "{word}商贸城"),
    ("文化旅游", "{word}影视文化有限公司"),
    ("特种设备", "{word}电梯维保有限公司"),
)
_SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭洪曾邱赖廖罗汤揭巫俞官饶温严"
_GIVEN = (
    "建华 志强 文斌 国平 晓东 春生 永福 水金 明辉 秋菊 丽华 桂英 海燕 少华 金发 荣贵 家兴 世荣 俊杰 伟民 "
    "长根 庆华 小红 美珍 玉兰 德才 火旺 木生 宗源 启明 昌林 贤忠 振宇 思远 雨晴 佳怡 子豪 浩然"
).split()


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm or place of the register: name as written most often, area, industry."""

    name: str
    area: str
    industry: str


def townships() -> tuple[str, ...]:
    """The nine townships, as delivered."""
    return tuple(row["name"] for row in delivered_list("areas"))


@cache
def villages(area: str) -> tuple[str, ...]:
    """Short names of the villages of a township; the county seat's for 县直."""
    codes = {row["name"]: row["code"] for row in delivered_list("areas")}
    wanted = codes[townships()[0] if area == COUNTY else area]
    names = (row["name"] for row in delivered_list("villages") if row["township_code"] == wanted)
    return tuple(_short(name) for name in names)


@cache
def firms() -> tuple[Firm, ...]:
    """All firms of the county."""
    words = iter(_WORDS)
    found: list[Firm] = []
    for number, area in enumerate(townships()):
        near = iter(villages(area) * 2)
        for industry, form in _TOWN_FIRMS[number % len(_TOWN_FIRMS)]:
            found.append(Firm("明溪县" + _filled(form, area, words, near), area, industry))
    for industry, form in _COUNTY_FIRMS:
        found.append(Firm("明溪县" + _filled(form, COUNTY, words, iter(())), COUNTY, industry))
    return tuple(found)


@cache
def firms_of(area: str) -> tuple[Firm, ...]:
    """The firms of one area."""
    return tuple(firm for firm in firms() if firm.area == area)


def person(chance: Chance) -> str:
    """An invented name."""
    return chance.pick(_SURNAMES) + chance.pick(_GIVEN)


def _filled(form: str, area: str, words: Iterator[str], near: Iterator[str]) -> str:
    word = next(words) if "{word}" in form else ""
    village = next(near) if "{village}" in form else ""
    return form.format(word=word, village=village, town=area[:-1])


def _short(name: str) -> str:
    for ending in ("社区居民委员会", "回族村民委员会", "居委会", "村委会"):
        name = name.removesuffix(ending)
    return name
