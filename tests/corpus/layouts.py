"""Header layouts as departments invent them, and what each column means: python -m tests.corpus.layouts [--bad].

A layout is right when every column that matters goes to its field and none goes to another one.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop import logs
from tests.corpus.books import xlsx
from tests.corpus.judge import Runner


@dataclass(frozen=True)
class Layout:
    """title above the header, header and sample row with bars; fields: "header=field" with bars.

    either: further "header=field" that may be read so or left out.
    """

    kind: str
    title: str
    header: str
    sample: str
    fields: str
    either: str = ""


LAYOUTS = (
    Layout(
        "hazard",
        "盖洋镇安全隐患大排查大整治工作台账",
        "序号|企业（单位）名称|检查日期|检查人员|发现的问题隐患|隐患等级（一般、重大）|整改措施|整改责任人|整改时限|是否整改到位",
        "1|宏盛木业|2024.6.9|张某、李某|消防通道堵塞|一般|立即清理|王某|2024.6.15|是",
        "企业（单位）名称=place|检查日期=record_date|发现的问题隐患=description|隐患等级（一般、重大）=level|整改措施=plan|整改责任人=owner|整改时限=due_date",
        "是否整改到位=quantity_rectified",
    ),
    Layout(
        "hazard",
        "",
        "乡镇（部门）|排查时间|场所名称|场所类型|问题清单|整改要求|整改期限|整改完成情况|备注",
        "胡坊镇|6月9日|中心市场|农贸市场|灭火器压力不足|更换|6月20日|已完成|",
        "乡镇（部门）=area|排查时间=record_date|场所名称=place|问题清单=description|整改期限=due_date|备注=note",
        "整改要求=plan|场所类型=category|整改完成情况=quantity_rectified",
    ),
    Layout(
        "hazard",
        "重大事故隐患清单",
        "编号|隐患单位|所在乡镇|隐患名称|发现时间|整改责任单位|整改资金（万元）|应急预案|挂牌督办级别|计划完成时间|实际完成时间",
        "Z1|瀚仙石矿|瀚仙镇|边坡未支护|2024-3-1|瀚仙石矿|12|有|县|2024-5-1|2024-4-20",
        "隐患单位=place|所在乡镇=area|隐患名称=description|发现时间=record_date|整改资金（万元）=rectify_fund|挂牌督办级别=supervision|计划完成时间=due_date|实际完成时间=rectified_date",
        "编号=code|应急预案=emergency_plan|整改责任单位=owner",
    ),
    Layout(
        "hazard",
        "“拆窗破网”行动统计表",
        "序号|乡镇|村（社区）|地址|隐患类型|数量（处）|已拆除（处）|排查日期|责任人|联系电话",
        "1|城关乡|狮窠村|12号|防盗网|3|2|2024-9-1|张某|13800000000",
        "乡镇=area|数量（处）=quantity_found|排查日期=record_date|责任人=owner",
        "地址=place|隐患类型=category|已拆除（处）=quantity_rectified|隐患类型=description",
    ),
    Layout(
        "hazard",
        "",
        "日期|乡镇|行业领域|检查对象|存在问题及隐患|处理意见|整改情况|销号时间",
        "2024-6-9|夏阳乡|建筑施工|敬老院工地|临边无护栏|限期整改|已整改|2024-6-12",
        "日期=record_date|乡镇=area|行业领域=field|检查对象=place|存在问题及隐患=description|销号时间=rectified_date",
        "处理意见=plan|整改情况=quantity_rectified",
    ),
    Layout(
        "hazard",
        "隐患汇总",
        "单位|排查隐患总数|其中重大|已整改|整改率|月份",
        "枫溪乡|20|1|18|90%|2024年6月",
        "单位=area|排查隐患总数=quantity_found|已整改=quantity_rectified|月份=record_date",
    ),
    Layout(
        "hazard",
        "",
        "序号|检查时间|受检单位|安全隐患|整改时间|整改状态|乡镇",
        "1|2024/6/9|供销社|线路老化|2024/6/20|已整改|夏坊乡",
        "检查时间=record_date|受检单位=place|安全隐患=description|乡镇=area",
        "整改时间=rectified_date|整改时间=due_date|整改状态=quantity_rectified",
    ),
    Layout(
        "inspection",
        "县应急局执法检查台账",
        "序号|执法检查时间|被检查企业|执法人员|检查类别|参加人数|乡镇",
        "1|2024-6-9|宏盛木业|张某、李某|执法检查|3|盖洋镇",
        "执法检查时间=record_date|被检查企业=enterprises|检查类别=type|乡镇=area",
        "执法人员=leader|参加人数=staff",
    ),
    Layout(
        "inspection",
        "领导带队检查情况表",
        "日期|带队领导|检查内容|受检单位|检查时段|出动人次|属地",
        "2024-2-8|陈某|烟花爆竹|烟花店|春节|6|雪峰镇",
        "日期=record_date|带队领导=leader|受检单位=enterprises|检查时段=key_period|出动人次=staff|属地=area",
    ),
    Layout(
        "inspection",
        "精准帮扶统计表",
        "乡镇|月份|帮扶次数|帮扶企业家次|帮扶类型",
        "盖洋镇|2024年6月|5|12|精准帮扶",
        "乡镇=area|月份=record_date|帮扶次数=times|帮扶企业家次=visits|帮扶类型=type",
    ),
    Layout(
        "enforcement_case",
        "行政处罚信息",
        "序号|决定书文号|被处罚人|违法事实|处罚种类|处罚金额（元）|处罚决定日期|乡镇",
        "1|明罚〔2024〕1号|甲厂|未培训|罚款|5000|2024-6-9|县直",
        "决定书文号=case_no|被处罚人=party|违法事实=cause|处罚种类=measure|处罚金额（元）=fine|处罚决定日期=decision_date|乡镇=area",
    ),
    Layout(
        "enforcement_case",
        "立案案件登记表",
        "立案时间|案件名称|当事人|违法行为|处理方式|罚没款（万元）|程序|作出决定时间|属地",
        "2024-5-1|甲厂未培训案|甲厂|未培训|罚款|0.5|普通|2024-6-9|县直",
        "立案时间=filed_date|当事人=party|违法行为=cause|处理方式=measure|罚没款（万元）=fine|程序=procedure|作出决定时间=decision_date|属地=area",
    ),
    Layout(
        "response",
        "应急响应台账",
        "响应名称|响应种类|启动日期时间|结束日期时间|发布单位|区域",
        "6.9强降雨|防暴雨|2024-6-9 8:00|2024-6-19 12:00|县防指|县直",
        "响应种类=type|启动日期时间=start_at|结束日期时间=end_at|区域=area",
        "响应名称=event|发布单位=reporter",
    ),
    Layout(
        "response",
        "",
        "类型|启动时间|解除时间|级别|乡镇",
        "防台风|2024-7-24 18:00|2024-7-27 9:00|Ⅳ|县直",
        "类型=type|启动时间=start_at|解除时间=end_at|乡镇=area",
        "级别=top_level|级别=response_step.level",
    ),
    Layout(
        "response_tally",
        "“6.9-6.18”强降雨人员转移统计（累计）",
        "乡镇|时间|累计转移人数|下沉干部（人）|死亡人数|失踪人数|受伤人数",
        "夏坊乡|6月13日|132|86|0|0|0",
        "乡镇=area|时间=record_date|累计转移人数=evacuees|下沉干部（人）=cadres|死亡人数=deaths|失踪人数=missing|受伤人数=injured",
    ),
    Layout(
        "response_tally",
        "“6.9-6.18”防汛日报（当日新增）",
        "报送单位|日期|转移群众（人）|出动干部（人）|备注",
        "夏坊乡|6月13日|12|30|",
        "日期=record_date|转移群众（人）=evacuees|备注=note",
        "报送单位=area|报送单位=reporter|出动干部（人）=cadres",
    ),
    Layout(
        "meeting",
        "2024年会议登记",
        "序号|召开时间|会议主题|会议类别|召集单位|参加人员数|乡镇",
        "1|2024-1-15|全县安全会议|安全生产工作会|县委县政府|60|县直",
        "召开时间=record_date|会议主题=topic|会议类别=type|召集单位=convener|参加人员数=attendance|乡镇=area",
    ),
    Layout(
        "meeting",
        "点对点调度记录",
        "调度时间|调度对象|调度内容|类型|次数",
        "2024-6-12|盖洋镇、夏坊乡|转移情况|点对点调度|1",
        "调度时间=record_date|调度内容=topic|类型=type|次数=times",
        "调度对象=townships",
    ),
    Layout(
        "disaster_loss",
        "",
        "灾害过程|填报时间|乡镇|报次|受灾人数（人）|转移安置（人）|倒塌房屋（间）|农作物受灾（公顷）|经济损失（万元）",
        "6.9-6.18|2024-6-19|枫溪乡|续报|1203|132|3|37.3|120",
        "灾害过程=event|填报时间=record_date|乡镇=area|报次=stage|受灾人数（人）=affected|转移安置（人）=relocated|倒塌房屋（间）=collapsed_rooms|农作物受灾（公顷）=crops|经济损失（万元）=loss",
    ),
    Layout(
        "disaster_event",
        "灾害登记",
        "灾害名称|灾害种类|起始时间|终止时间|影响区域|编号名称",
        "格美|台风|2024-7-24|2024-7-27|县直|3号",
        "灾害名称=name|灾害种类=type|起始时间=record_date|终止时间=end_date",
        "影响区域=area|编号名称=typhoon",
    ),
    Layout(
        "supply_movement",
        "物资出库登记",
        "出库单号|出库日期|领用单位|物资名称|数量|用途|业务类型",
        "CK01|2024-1-22|盖洋镇|棉被|100|救灾|调拨",
        "出库单号=doc_no|出库日期=record_date|领用单位=receiver|物资名称=supply_line.item|数量=supply_line.quantity|业务类型=type",
    ),
    Layout(
        "supply_movement",
        "采购入库单",
        "入库单号|入库日期|品名|入库数量|总价（元）|类型|乡镇",
        "RK01|2024-9-1|棉被|200|30000|购入|县直",
        "入库单号=doc_no|入库日期=record_date|品名=supply_line.item|入库数量=supply_line.quantity|总价（元）=supply_line.value|类型=type|乡镇=area",
    ),
    Layout(
        "supply_movement",
        "救灾物资发放表",
        "发放日期|乡镇|棉被（床）|毛毯（件）|受助人数|类型",
        "2024-1-23|盖洋镇|20|10|25|发放",
        "发放日期=record_date|乡镇=area|受助人数=beneficiaries|类型=type",
        "棉被（床）=棉被|毛毯（件）=毛毯|棉被（床）=supply_line.quantity|毛毯（件）=supply_line.quantity",
    ),
    Layout(
        "supply_movement",
        "",
        "调拨日期|调往单位|物资|件数|单位|类型",
        "2024-1-22|胡坊镇|棉大衣|50|件|调拨",
        "调拨日期=record_date|调往单位=receiver|物资=supply_line.item|件数=supply_line.quantity|类型=type",
    ),
    Layout(
        "fund",
        "专项资金台账",
        "下达时间|资金名称|资金文号|下达金额（万元）|资金用途|方向|乡镇",
        "2024-7-5|救灾资金|闽财〔2024〕1号|50|自然灾害救灾|争取|县直",
        "下达时间=record_date|资金文号=doc_no|下达金额（万元）=amount|资金用途=purpose|方向=direction|乡镇=area",
        "资金名称=note",
    ),
    Layout(
        "fund",
        "救灾资金分配表",
        "乡镇|拨付日期|拨付金额（元）|用途|类别",
        "夏阳乡|2024-8-1|50000|自然灾害救灾|下拨",
        "乡镇=area|拨付日期=record_date|拨付金额（元）=amount|用途=purpose",
        "类别=direction",
    ),
    Layout(
        "activity",
        "宣传活动登记表",
        "开展时间|活动主题|活动形式|参加人数（人次）|活动地点|乡镇|场次",
        "2024-6-16|安全生产月|宣传活动|300|广场|县直|1",
        "开展时间=record_date|活动主题=title|活动形式=type|参加人数（人次）=participants|活动地点=venue|乡镇=area|场次=sessions",
    ),
    Layout(
        "activity",
        "应急演练台账",
        "序号|演练日期|演练名称|演练类别|演练方式|参演人数|组织单位|演练地点|类型|属地",
        "1|2024-5-12|地震演练|地震|实战|120|应急局|一中|应急演练|县直",
        "演练日期=record_date|演练名称=title|演练类别=hazard_type|演练方式=drill_form|参演人数=participants|演练地点=venue|类型=type|属地=area",
        "组织单位=reporter",
    ),
    Layout(
        "activity",
        "培训班情况",
        "班次名称|举办日期|培训类别|培训人数（人）|期数|地点|辖区",
        "负责人班|2024-6-9|企业负责人培训|46|1|党校|县直",
        "班次名称=title|举办日期=record_date|培训类别=type|培训人数（人）=participants|期数=sessions|地点=venue|辖区=area",
    ),
    Layout(
        "rescue_team",
        "应急队伍花名",
        "队伍全称|性质|驻地乡镇|组建日期|队员数（人）|负责人|电话",
        "雪峰镇队|乡镇综合|雪峰镇|2019-3-1|30|张某|13800000000",
        "队伍全称=name|性质=type|驻地乡镇=area|组建日期=from_date|队员数（人）=headcount",
    ),
    Layout(
        "rescue_team",
        "",
        "序号|名称|类别|乡镇|人员数量|成立日期|队伍数量",
        "1|盖洋镇队|民兵应急|盖洋镇|25|2020-1-1|1",
        "名称=name|类别=type|乡镇=area|人员数量=headcount|成立日期=from_date|队伍数量=teams",
    ),
    Layout(
        "facility",
        "避灾点名册",
        "避灾点|设施类型|所属乡镇|启用时间|数量（个）|备注",
        "中心小学|避灾点|盖洋镇|2021-6-1|1|",
        "避灾点=name|设施类型=type|所属乡镇=area|启用时间=from_date|数量（个）=count|备注=note",
    ),
    Layout(
        "facility",
        "宣教阵地建设",
        "阵地名称|阵地类别|建设地点|建成年月|所属项目|乡镇",
        "安全公园|宣教阵地|公园内|2022-5-1|五个一百|雪峰镇",
        "阵地名称=name|阵地类别=type|建成年月=from_date|所属项目=project|乡镇=area",
    ),
    Layout(
        "accident",
        "事故快报",
        "事故发生时间|地点|事故类别|事故等级|死亡（人）|受伤（人）|直接经济损失（万元）|乡镇|起数",
        "2024-3-1|村口|道路交通|一般|1|0|5|雪峰镇|1",
        "事故发生时间=record_date|事故类别=field|事故等级=grade|死亡（人）=deaths|受伤（人）=injured|直接经济损失（万元）=loss|乡镇=area|起数=cases",
    ),
    Layout(
        "manual_entry",
        "其他工作指标",
        "统计日期|指标|完成数|数据来源|乡镇",
        "2024-12-31|行政许可|12|政务平台|县直",
        "统计日期=record_date|指标=indicator|完成数=value|数据来源=basis|乡镇=area",
    ),
    Layout(
        "hazard",
        "燃气安全检查表",
        "用户（单位）|镇|检查日期|隐患描述|等级|隐患条数|整改完成条数|复查日期",
        "小吃店|雪峰镇|2024-6-9|软管老化|一般|2|2|2024-6-12",
        "用户（单位）=place|镇=area|检查日期=record_date|隐患描述=description|等级=level|隐患条数=quantity_found|整改完成条数=quantity_rectified",
    ),
    Layout(
        "hazard",
        "森林防火隐患排查表",
        "所在乡（镇）|林区地点|隐患情况描述|排查人|排查日期|整改责任人|拟完成时间|整改完成时间",
        "夏坊乡|后山|坟头祭祀|张某|2024-4-1|李某|2024-4-5|2024-4-4",
        "所在乡（镇）=area|林区地点=place|隐患情况描述=description|排查日期=record_date|整改责任人=owner|拟完成时间=due_date|整改完成时间=rectified_date",
    ),
    Layout(
        "inspection",
        "夜查暗访记录",
        "暗访日期|暗访单位|暗访对象|发现问题数|方式|乡镇",
        "2024-9-1|应急局|歌厅|2|暗访|雪峰镇",
        "暗访日期=record_date|暗访对象=enterprises|方式=type|乡镇=area",
    ),
    Layout(
        "supply_movement",
        "防汛物资清单",
        "到货日期|名称|规格型号|采购数量|金额（万元）|资金来源|类型|乡镇",
        "2024-4-1|棉被|标准|100|1.5||购入|县直",
        "到货日期=record_date|名称=supply_line.item|采购数量=supply_line.quantity|金额（万元）=supply_line.value|类型=type|乡镇=area",
        "资金来源=fund",
    ),
    Layout(
        "enforcement_case",
        "",
        "案件编号|案由|相对人|类别|罚款数额|结案日期|决定书日期|区域|件数",
        "A1|未培训|甲厂|警告||2024-7-1|2024-6-9|县直|1",
        "案件编号=case_no|案由=cause|相对人=party|类别=measure|罚款数额=fine|决定书日期=decision_date|区域=area|件数=cases",
    ),
)


def _pairs(text: str) -> set[tuple[str, str]]:
    return {
        (header, field) for header, _, field in (part.rpartition("=") for part in text.split("|") if part)
    }


def faults(runner: Runner, folder: Path, layout: Layout) -> list[str]:
    """What is read otherwise than it should be."""
    path = folder / "表.xlsx"
    above = [[layout.title]] if layout.title else []
    path.write_bytes(xlsx([*above, layout.header.split("|"), layout.sample.split("|")]))
    db = folder / "账.mxdb"
    if not db.exists():
        runner.call("new", "--db", str(db))
    out = runner.call(
        "import", str(path), "--kind", layout.kind, "--db", str(db), "--year", "2024", "--dry-run"
    )[1]
    files = json.loads(out)["files"]
    found = {pair for file in files for pair in file["mapping"].items()}
    wanted, allowed = _pairs(layout.fields), _pairs(layout.either)
    missing = [f"{header} should be {field}" for header, field in sorted(wanted - found)]
    return missing + [f"{header} was read as {field}" for header, field in sorted(found - wanted - allowed)]


def main() -> None:
    """Print one line for each layout that is not right, and how many are."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        os.environ["MINGXI_DATA"] = f"{name}/home"
        runner = Runner(Path(name))
        for number, layout in enumerate(LAYOUTS, 1):
            wrong = faults(runner, Path(name), layout)
            state = (
                "silent" if any("was read as" in item for item in wrong) else "missing" if wrong else "right"
            )
            counts[state] += 1
            if wrong or "--bad" not in sys.argv:
                print(f"{state:7} {number:2} {layout.kind} {layout.title}: {'; '.join(wrong)}")
        logs.shut_down()
    print(f"{len(LAYOUTS)} layouts:", ", ".join(f"{n} {state}" for state, n in counts.most_common()))


if __name__ == "__main__":
    main()
