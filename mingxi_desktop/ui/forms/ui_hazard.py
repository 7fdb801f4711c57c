# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'hazard.ui'
##
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QApplication, QFormLayout, QLabel, QSizePolicy,
    QVBoxLayout, QWidget)

from mingxi_desktop.ui.inputs import (BoolInput, ChoiceInput, DateInput, FilesInput,
    MemoInput, MultiChoiceInput, NumberInput, RefInput,
    TextInput)
from mingxi_desktop.ui.table.child import ChildTable

class Ui_Form(object):
    def setupUi(self, Form):
        if not Form.objectName():
            Form.setObjectName(u"Form")
        Form.resize(400, 900)
        self.columns = QVBoxLayout(Form)
        self.columns.setSpacing(16)
        self.columns.setObjectName(u"columns")
        self.section_1 = QWidget(Form)
        self.section_1.setObjectName(u"section_1")
        self.column_1 = QVBoxLayout(self.section_1)
        self.column_1.setSpacing(8)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(0, 0, 0, 0)
        self.heading_1 = QLabel(self.section_1)
        self.heading_1.setObjectName(u"heading_1")
        self.heading_1.setTextFormat(Qt.TextFormat.PlainText)
        self.heading_1.setProperty(u"role", u"section")

        self.column_1.addWidget(self.heading_1)
        yield

        self.rows_1 = QFormLayout()
        self.rows_1.setObjectName(u"rows_1")
        self.rows_1.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows_1.setHorizontalSpacing(8)
        self.rows_1.setVerticalSpacing(6)
        self.label_code = QLabel(self.section_1)
        self.label_code.setObjectName(u"label_code")
        self.label_code.setTextFormat(Qt.TextFormat.PlainText)
        self.label_code.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_code)
        yield

        self.code = TextInput(self.section_1)
        self.code.setObjectName(u"code")

        self.rows_1.setWidget(0, QFormLayout.ItemRole.FieldRole, self.code)
        yield

        self.label_record_date = QLabel(self.section_1)
        self.label_record_date.setObjectName(u"label_record_date")
        self.label_record_date.setTextFormat(Qt.TextFormat.PlainText)
        self.label_record_date.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(1, QFormLayout.ItemRole.LabelRole, self.label_record_date)
        yield

        self.record_date = DateInput(self.section_1)
        self.record_date.setObjectName(u"record_date")

        self.rows_1.setWidget(1, QFormLayout.ItemRole.FieldRole, self.record_date)
        yield

        self.label_area = QLabel(self.section_1)
        self.label_area.setObjectName(u"label_area")
        self.label_area.setTextFormat(Qt.TextFormat.PlainText)
        self.label_area.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_area)
        yield

        self.area = RefInput(self.section_1)
        self.area.setObjectName(u"area")

        self.rows_1.setWidget(2, QFormLayout.ItemRole.FieldRole, self.area)
        yield

        self.label_place = QLabel(self.section_1)
        self.label_place.setObjectName(u"label_place")
        self.label_place.setTextFormat(Qt.TextFormat.PlainText)
        self.label_place.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_place)
        yield

        self.place = RefInput(self.section_1)
        self.place.setObjectName(u"place")

        self.rows_1.setWidget(3, QFormLayout.ItemRole.FieldRole, self.place)
        yield

        self.label_field = QLabel(self.section_1)
        self.label_field.setObjectName(u"label_field")
        self.label_field.setTextFormat(Qt.TextFormat.PlainText)
        self.label_field.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_field)
        yield

        self.field = ChoiceInput(self.section_1)
        self.field.setObjectName(u"field")

        self.rows_1.setWidget(4, QFormLayout.ItemRole.FieldRole, self.field)
        yield

        self.label_description = QLabel(self.section_1)
        self.label_description.setObjectName(u"label_description")
        self.label_description.setTextFormat(Qt.TextFormat.PlainText)
        self.label_description.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(5, QFormLayout.ItemRole.LabelRole, self.label_description)
        yield

        self.description = MemoInput(self.section_1)
        self.description.setObjectName(u"description")

        self.rows_1.setWidget(5, QFormLayout.ItemRole.FieldRole, self.description)
        yield

        self.label_level = QLabel(self.section_1)
        self.label_level.setObjectName(u"label_level")
        self.label_level.setTextFormat(Qt.TextFormat.PlainText)
        self.label_level.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(6, QFormLayout.ItemRole.LabelRole, self.label_level)
        yield

        self.level = ChoiceInput(self.section_1)
        self.level.setObjectName(u"level")

        self.rows_1.setWidget(6, QFormLayout.ItemRole.FieldRole, self.level)
        yield

        self.label_quantity_found = QLabel(self.section_1)
        self.label_quantity_found.setObjectName(u"label_quantity_found")
        self.label_quantity_found.setTextFormat(Qt.TextFormat.PlainText)
        self.label_quantity_found.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(7, QFormLayout.ItemRole.LabelRole, self.label_quantity_found)
        yield

        self.quantity_found = NumberInput(self.section_1)
        self.quantity_found.setObjectName(u"quantity_found")

        self.rows_1.setWidget(7, QFormLayout.ItemRole.FieldRole, self.quantity_found)
        yield

        self.label_quantity_rectified = QLabel(self.section_1)
        self.label_quantity_rectified.setObjectName(u"label_quantity_rectified")
        self.label_quantity_rectified.setTextFormat(Qt.TextFormat.PlainText)
        self.label_quantity_rectified.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(8, QFormLayout.ItemRole.LabelRole, self.label_quantity_rectified)
        yield

        self.quantity_rectified = NumberInput(self.section_1)
        self.quantity_rectified.setObjectName(u"quantity_rectified")

        self.rows_1.setWidget(8, QFormLayout.ItemRole.FieldRole, self.quantity_rectified)
        yield


        self.column_1.addLayout(self.rows_1)


        self.columns.addWidget(self.section_1)
        yield

        self.section_2 = QWidget(Form)
        self.section_2.setObjectName(u"section_2")
        self.column_2 = QVBoxLayout(self.section_2)
        self.column_2.setSpacing(8)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.heading_2 = QLabel(self.section_2)
        self.heading_2.setObjectName(u"heading_2")
        self.heading_2.setTextFormat(Qt.TextFormat.PlainText)
        self.heading_2.setProperty(u"role", u"section")

        self.column_2.addWidget(self.heading_2)
        yield

        self.rows_2 = QFormLayout()
        self.rows_2.setObjectName(u"rows_2")
        self.rows_2.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows_2.setHorizontalSpacing(8)
        self.rows_2.setVerticalSpacing(6)
        self.label_due_date = QLabel(self.section_2)
        self.label_due_date.setObjectName(u"label_due_date")
        self.label_due_date.setTextFormat(Qt.TextFormat.PlainText)
        self.label_due_date.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_due_date)
        yield

        self.due_date = DateInput(self.section_2)
        self.due_date.setObjectName(u"due_date")

        self.rows_2.setWidget(0, QFormLayout.ItemRole.FieldRole, self.due_date)
        yield

        self.label_owner = QLabel(self.section_2)
        self.label_owner.setObjectName(u"label_owner")
        self.label_owner.setTextFormat(Qt.TextFormat.PlainText)
        self.label_owner.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(1, QFormLayout.ItemRole.LabelRole, self.label_owner)
        yield

        self.owner = TextInput(self.section_2)
        self.owner.setObjectName(u"owner")

        self.rows_2.setWidget(1, QFormLayout.ItemRole.FieldRole, self.owner)
        yield

        self.label_plan = QLabel(self.section_2)
        self.label_plan.setObjectName(u"label_plan")
        self.label_plan.setTextFormat(Qt.TextFormat.PlainText)
        self.label_plan.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_plan)
        yield

        self.plan = MemoInput(self.section_2)
        self.plan.setObjectName(u"plan")

        self.rows_2.setWidget(2, QFormLayout.ItemRole.FieldRole, self.plan)
        yield

        self.label_rectify_fund = QLabel(self.section_2)
        self.label_rectify_fund.setObjectName(u"label_rectify_fund")
        self.label_rectify_fund.setTextFormat(Qt.TextFormat.PlainText)
        self.label_rectify_fund.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_rectify_fund)
        yield

        self.rectify_fund = NumberInput(self.section_2)
        self.rectify_fund.setObjectName(u"rectify_fund")

        self.rows_2.setWidget(3, QFormLayout.ItemRole.FieldRole, self.rectify_fund)
        yield

        self.label_emergency_plan = QLabel(self.section_2)
        self.label_emergency_plan.setObjectName(u"label_emergency_plan")
        self.label_emergency_plan.setTextFormat(Qt.TextFormat.PlainText)
        self.label_emergency_plan.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_emergency_plan)
        yield

        self.emergency_plan = TextInput(self.section_2)
        self.emergency_plan.setObjectName(u"emergency_plan")

        self.rows_2.setWidget(4, QFormLayout.ItemRole.FieldRole, self.emergency_plan)
        yield

        self.label_supervision = QLabel(self.section_2)
        self.label_supervision.setObjectName(u"label_supervision")
        self.label_supervision.setTextFormat(Qt.TextFormat.PlainText)
        self.label_supervision.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(5, QFormLayout.ItemRole.LabelRole, self.label_supervision)
        yield

        self.supervision = ChoiceInput(self.section_2)
        self.supervision.setObjectName(u"supervision")

        self.rows_2.setWidget(5, QFormLayout.ItemRole.FieldRole, self.supervision)
        yield

        self.label_rectified_date = QLabel(self.section_2)
        self.label_rectified_date.setObjectName(u"label_rectified_date")
        self.label_rectified_date.setTextFormat(Qt.TextFormat.PlainText)
        self.label_rectified_date.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(6, QFormLayout.ItemRole.LabelRole, self.label_rectified_date)
        yield

        self.rectified_date = DateInput(self.section_2)
        self.rectified_date.setObjectName(u"rectified_date")

        self.rows_2.setWidget(6, QFormLayout.ItemRole.FieldRole, self.rectified_date)
        yield


        self.column_2.addLayout(self.rows_2)


        self.columns.addWidget(self.section_2)
        yield

        self.section_3 = QWidget(Form)
        self.section_3.setObjectName(u"section_3")
        self.column_3 = QVBoxLayout(self.section_3)
        self.column_3.setObjectName(u"column_3")
        self.column_3.setContentsMargins(0, 0, 0, 0)
        self.hazard_step = ChildTable(self.section_3)
        self.hazard_step.setObjectName(u"hazard_step")

        self.column_3.addWidget(self.hazard_step)
        yield


        self.columns.addWidget(self.section_3)
        yield

        self.section_4 = QWidget(Form)
        self.section_4.setObjectName(u"section_4")
        self.column_4 = QVBoxLayout(self.section_4)
        self.column_4.setSpacing(8)
        self.column_4.setObjectName(u"column_4")
        self.column_4.setContentsMargins(0, 0, 0, 0)
        self.heading_4 = QLabel(self.section_4)
        self.heading_4.setObjectName(u"heading_4")
        self.heading_4.setTextFormat(Qt.TextFormat.PlainText)
        self.heading_4.setProperty(u"role", u"section")

        self.column_4.addWidget(self.heading_4)
        yield

        self.rows_4 = QFormLayout()
        self.rows_4.setObjectName(u"rows_4")
        self.rows_4.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows_4.setHorizontalSpacing(8)
        self.rows_4.setVerticalSpacing(6)
        self.label_campaign = QLabel(self.section_4)
        self.label_campaign.setObjectName(u"label_campaign")
        self.label_campaign.setTextFormat(Qt.TextFormat.PlainText)
        self.label_campaign.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_campaign)
        yield

        self.campaign = MultiChoiceInput(self.section_4)
        self.campaign.setObjectName(u"campaign")

        self.rows_4.setWidget(0, QFormLayout.ItemRole.FieldRole, self.campaign)
        yield

        self.label_in_total = QLabel(self.section_4)
        self.label_in_total.setObjectName(u"label_in_total")
        self.label_in_total.setTextFormat(Qt.TextFormat.PlainText)
        self.label_in_total.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(1, QFormLayout.ItemRole.LabelRole, self.label_in_total)
        yield

        self.in_total = BoolInput(self.section_4)
        self.in_total.setObjectName(u"in_total")

        self.rows_4.setWidget(1, QFormLayout.ItemRole.FieldRole, self.in_total)
        yield

        self.label_category = QLabel(self.section_4)
        self.label_category.setObjectName(u"label_category")
        self.label_category.setTextFormat(Qt.TextFormat.PlainText)
        self.label_category.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_category)
        yield

        self.category = TextInput(self.section_4)
        self.category.setObjectName(u"category")

        self.rows_4.setWidget(2, QFormLayout.ItemRole.FieldRole, self.category)
        yield

        self.label_inspection = QLabel(self.section_4)
        self.label_inspection.setObjectName(u"label_inspection")
        self.label_inspection.setTextFormat(Qt.TextFormat.PlainText)
        self.label_inspection.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_inspection)
        yield

        self.inspection = RefInput(self.section_4)
        self.inspection.setObjectName(u"inspection")

        self.rows_4.setWidget(3, QFormLayout.ItemRole.FieldRole, self.inspection)
        yield

        self.label_reporter = QLabel(self.section_4)
        self.label_reporter.setObjectName(u"label_reporter")
        self.label_reporter.setTextFormat(Qt.TextFormat.PlainText)
        self.label_reporter.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_reporter)
        yield

        self.reporter = RefInput(self.section_4)
        self.reporter.setObjectName(u"reporter")

        self.rows_4.setWidget(4, QFormLayout.ItemRole.FieldRole, self.reporter)
        yield

        self.label_granularity = QLabel(self.section_4)
        self.label_granularity.setObjectName(u"label_granularity")
        self.label_granularity.setTextFormat(Qt.TextFormat.PlainText)
        self.label_granularity.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(5, QFormLayout.ItemRole.LabelRole, self.label_granularity)
        yield

        self.granularity = ChoiceInput(self.section_4)
        self.granularity.setObjectName(u"granularity")

        self.rows_4.setWidget(5, QFormLayout.ItemRole.FieldRole, self.granularity)
        yield

        self.label_source_ref = QLabel(self.section_4)
        self.label_source_ref.setObjectName(u"label_source_ref")
        self.label_source_ref.setTextFormat(Qt.TextFormat.PlainText)
        self.label_source_ref.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(6, QFormLayout.ItemRole.LabelRole, self.label_source_ref)
        yield

        self.source_ref = TextInput(self.section_4)
        self.source_ref.setObjectName(u"source_ref")

        self.rows_4.setWidget(6, QFormLayout.ItemRole.FieldRole, self.source_ref)
        yield

        self.label_evidence = QLabel(self.section_4)
        self.label_evidence.setObjectName(u"label_evidence")
        self.label_evidence.setTextFormat(Qt.TextFormat.PlainText)
        self.label_evidence.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(7, QFormLayout.ItemRole.LabelRole, self.label_evidence)
        yield

        self.evidence = FilesInput(self.section_4)
        self.evidence.setObjectName(u"evidence")

        self.rows_4.setWidget(7, QFormLayout.ItemRole.FieldRole, self.evidence)
        yield

        self.label_note = QLabel(self.section_4)
        self.label_note.setObjectName(u"label_note")
        self.label_note.setTextFormat(Qt.TextFormat.PlainText)
        self.label_note.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(8, QFormLayout.ItemRole.LabelRole, self.label_note)
        yield

        self.note = MemoInput(self.section_4)
        self.note.setObjectName(u"note")

        self.rows_4.setWidget(8, QFormLayout.ItemRole.FieldRole, self.note)
        yield


        self.column_4.addLayout(self.rows_4)


        self.columns.addWidget(self.section_4)
        yield

#if QT_CONFIG(shortcut)
        self.label_code.setBuddy(self.code)
        self.label_record_date.setBuddy(self.record_date)
        self.label_area.setBuddy(self.area)
        self.label_place.setBuddy(self.place)
        self.label_field.setBuddy(self.field)
        self.label_description.setBuddy(self.description)
        self.label_level.setBuddy(self.level)
        self.label_quantity_found.setBuddy(self.quantity_found)
        self.label_quantity_rectified.setBuddy(self.quantity_rectified)
        self.label_due_date.setBuddy(self.due_date)
        self.label_owner.setBuddy(self.owner)
        self.label_plan.setBuddy(self.plan)
        self.label_rectify_fund.setBuddy(self.rectify_fund)
        self.label_emergency_plan.setBuddy(self.emergency_plan)
        self.label_supervision.setBuddy(self.supervision)
        self.label_rectified_date.setBuddy(self.rectified_date)
        self.label_campaign.setBuddy(self.campaign)
        self.label_in_total.setBuddy(self.in_total)
        self.label_category.setBuddy(self.category)
        self.label_inspection.setBuddy(self.inspection)
        self.label_reporter.setBuddy(self.reporter)
        self.label_granularity.setBuddy(self.granularity)
        self.label_source_ref.setBuddy(self.source_ref)
        self.label_evidence.setBuddy(self.evidence)
        self.label_note.setBuddy(self.note)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(Form)

        QMetaObject.connectSlotsByName(Form)
    # setupUi

    def retranslateUi(self, Form):
        Form.setWindowTitle(QCoreApplication.translate("Form", u"\u9690\u60a3", None))
        self.heading_1.setText(QCoreApplication.translate("Form", u"\u9690\u60a3", None))
        self.label_code.setText(QCoreApplication.translate("Form", u"\u7f16\u53f7", None))
        self.label_record_date.setText(QCoreApplication.translate("Form", u"\u65e5\u671f", None))
        self.label_area.setText(QCoreApplication.translate("Form", u"\u4e61\u9547", None))
        self.label_place.setText(QCoreApplication.translate("Form", u"\u5355\u4f4d/\u573a\u6240", None))
        self.label_field.setText(QCoreApplication.translate("Form", u"\u884c\u4e1a\u9886\u57df", None))
        self.label_description.setText(QCoreApplication.translate("Form", u"\u9690\u60a3\u63cf\u8ff0", None))
        self.label_level.setText(QCoreApplication.translate("Form", u"\u9690\u60a3\u7b49\u7ea7", None))
        self.label_quantity_found.setText(QCoreApplication.translate("Form", u"\u53d1\u73b0\u6570", None))
        self.label_quantity_rectified.setText(QCoreApplication.translate("Form", u"\u5df2\u6574\u6539\u6570", None))
        self.heading_2.setText(QCoreApplication.translate("Form", u"\u6574\u6539", None))
        self.label_due_date.setText(QCoreApplication.translate("Form", u"\u6574\u6539\u671f\u9650", None))
        self.label_owner.setText(QCoreApplication.translate("Form", u"\u6574\u6539\u8d23\u4efb\u4eba", None))
        self.label_plan.setText(QCoreApplication.translate("Form", u"\u6574\u6539\u63aa\u65bd", None))
        self.label_rectify_fund.setText(QCoreApplication.translate("Form", u"\u6574\u6539\u8d44\u91d1", None))
        self.label_emergency_plan.setText(QCoreApplication.translate("Form", u"\u5e94\u6025\u9884\u6848", None))
        self.label_supervision.setText(QCoreApplication.translate("Form", u"\u6302\u724c\u7763\u529e\u7ea7\u522b", None))
        self.label_rectified_date.setText(QCoreApplication.translate("Form", u"\u6574\u6539\u5b8c\u6210\u65e5\u671f", None))
        self.heading_4.setText(QCoreApplication.translate("Form", u"\u5f52\u53e3\u4e0e\u6765\u6e90", None))
        self.label_campaign.setText(QCoreApplication.translate("Form", u"\u4e13\u9879\u884c\u52a8", None))
        self.label_in_total.setText(QCoreApplication.translate("Form", u"\u8ba1\u5165\u603b\u6570", None))
        self.label_category.setText(QCoreApplication.translate("Form", u"\u9690\u60a3\u7c7b\u522b", None))
        self.label_inspection.setText(QCoreApplication.translate("Form", u"\u6240\u5c5e\u68c0\u67e5", None))
        self.label_reporter.setText(QCoreApplication.translate("Form", u"\u586b\u62a5\u5355\u4f4d", None))
        self.label_granularity.setText(QCoreApplication.translate("Form", u"\u8bb0\u5f55\u7c92\u5ea6", None))
        self.label_source_ref.setText(QCoreApplication.translate("Form", u"\u6765\u6e90", None))
        self.label_evidence.setText(QCoreApplication.translate("Form", u"\u4f50\u8bc1\u6750\u6599", None))
        self.label_note.setText(QCoreApplication.translate("Form", u"\u5907\u6ce8", None))
    # retranslateUi
