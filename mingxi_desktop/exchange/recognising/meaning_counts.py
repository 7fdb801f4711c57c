"""Numbers that headers name by compounds: 排查出安全隐患数, 出动执法人员（人次）."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIND = "排查|发现|查出|检查|查找|排出|排查出|检查发现|排查发现|查找出|新增|新发现|存在|上报|登记|自查"
_SAFE = r"(?:安全|生产|事故|各类|一般|的)*"
_FIXED = "整改|治理|整治|销号|闭环"
_FIRMS = "企业|单位|场所|对象|门店|商户|点位|企事业单位|企业场所"
_HOLD = "开展|组织|举办|举行|应急|安全|宣传|教育"
_TAKE_PART = "参加|参与|参演|参训|受训|培训|演练|宣传|覆盖|受教育|教育|应急|活动"
_VISIT = "检查|走访|帮扶|督导|抽查|巡查|服务|指导|受检|被检查|覆盖"
_CHECK = "安全|生产|执法|联合|专项|督导|督查|日常|帮扶|领导|明查|暗访|暗查"
_PENALISE = "实施|作出|查处|办理|办结|行政|执法|立案|处罚|违法|一般程序|简易程序"
_FLEE = "紧急|安全|已|提前|避险|危险区|受威胁|组织|疏散"
_FLED = "群众|人员|人口|危险区群众|受威胁群众|受灾群众"
_LEVELS = "县乡村?|镇村|镇村两级|各级|乡村|一线|党员|乡镇|机关"
_MANY = "数|数量|总数|总量|个数|条数|项数|处数|件数|起数|次数|家数|户数"
_CASES = "数|数量|总数|总量|件数|起数|次数|宗数"
_PEOPLE = "人数|人次|总人数|总人次|数|数量|总数"

COUNTS: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    kind: tuple((name, re.compile(pattern)) for name, pattern in patterns.items())
    for kind, patterns in {
        "hazard": {
            "quantity_found": rf"(?:{_FIND})*{_SAFE}(?:隐患|问题|问题隐患|隐患问题)(?:{_FIND})*(?:{_MANY})?",
            "quantity_rectified": (
                rf"{_SAFE}(?:隐患|问题)?(?:已|已经|完成|已完成|全部|按期)*(?:{_FIXED})+(?:完成|到位|销号|闭环)*"
                rf"{_SAFE}(?:隐患|问题)?(?:{_MANY})?"
            ),
        },
        "inspection": {
            "times": (
                rf"(?:开展|组织|{_CHECK})*(?:检查|执法|巡查|督查|督导|帮扶|行动|暗访|检查活动)"
                r"(?:次数|场次|批次|活动次数|总次数|数)?"
            ),
            "visits": (
                rf"(?:开展|实际|已|执法|监督|安全|{_VISIT})*(?:各类)?(?:生产|经营)*(?:{_FIRMS})*"
                r"(?:家次|家数|数|数量|户次|总数|总家次)?"
            ),
            "staff": (
                r"(?:检查)?(?:(?:出动|投入|派出|组织|参加|参与)(?:安全|检查|执法|帮扶|监管|行政)*|(?=.*(?:员|家)))"
                rf"(?:检查|执法|帮扶)?(?:人员|干部|力量|专家|队员)*(?:{_PEOPLE})?"
            ),
        },
        "enforcement_case": {
            "cases": rf"(?:{_PENALISE})*(?:案件|处罚|立案|违法行为)?(?:总)?(?:{_CASES})?",
        },
        "response_tally": {
            "evacuees": rf"(?:{_FLEE})*转移(?:安置|避险|疏散)*(?:{_FLED})*(?:{_PEOPLE})?",
            "cadres": rf"(?:{_LEVELS})*(?:下沉|进村入户|包村)(?:{_LEVELS})*(?:干部|党员|人员)*(?:{_PEOPLE})?",
        },
        "meeting": {
            "times": (
                r"(?:召开|组织|开展|举办|参加)*(?:各类|工作|专题|安全|防汛)*(?:会议|会商|调度|学法|述法|培训)(?:会)?"
                r"(?:次数|场次|场数|期数|总次数)?"
            ),
        },
        "activity": {
            "sessions": (
                rf"(?:{_HOLD})*(?:演练|培训|宣传|宣讲|活动|培训班)(?:活动)?"
                r"(?:次数|场次|场数|期数|总场次|数|数量|班次)?"
            ),
            "participants": rf"(?:{_TAKE_PART})+(?:群众|人员|学员|师生|职工)?(?:{_PEOPLE})?",
        },
        "rescue_team": {
            "teams": r"(?:应急|综合|专业|各类|兼职|救援)*(?:队伍|救援队|队)(?:数|数量|支数|总数|个数)?",
            "headcount": (
                r"(?:应急|救援|现有|实有|在编|在册)*(?:队伍|救援队)?(?:队员|人员|成员)?(?:总)?"
                r"(?:数|人数|总数|数量|规模)?"
            ),
        },
        "facility": {
            "count": r"(?:建成|新建|现有|建有|各类)*(?:设施|阵地|场所|站点|点位)(?:数|数量|总数|个数|处数)?",
        },
        "accident": {
            "cases": rf"(?:发生|生产安全|安全生产|亡人|火灾|各类)*事故(?:总)?(?:{_MANY}|总起数)?",
            "deaths": rf"(?:事故|造成|因灾)*死亡(?:人员)?(?:{_PEOPLE})?",
            "injured": rf"(?:事故|造成)*受伤(?:人员)?(?:{_PEOPLE})?",
        },
    }.items()
}
"""Ledger → (field, what its header may be put together of).  Only for headers that say that they count."""
COUNTING = re.compile(r"(?:数|数量|人次|家次|场次|次数|起数|户次|总量|规模)$")
