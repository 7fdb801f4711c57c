# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'activity.ui'
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

from mingxi_desktop.ui.inputs import (ChoiceInput, DateInput, FilesInput, MemoInput,
    MultiChoiceInput, NumberInput, RefInput, TextInput)
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
        self.label_record_date = QLabel(self.section_1)
        self.label_record_date.setObjectName(u"label_record_date")
        self.label_record_date.setTextFormat(Qt.TextFormat.PlainText)
        self.label_record_date.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_record_date)
        yield

        self.record_date = DateInput(self.section_1)
        self.record_date.setObjectName(u"record_date")

        self.rows_1.setWidget(0, QFormLayout.ItemRole.FieldRole, self.record_date)
        yield

        self.label_area = QLabel(self.section_1)
        self.label_area.setObjectName(u"label_area")
        self.label_area.setTextFormat(Qt.TextFormat.PlainText)
        self.label_area.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(1, QFormLayout.ItemRole.LabelRole, self.label_area)
        yield

        self.area = RefInput(self.section_1)
        self.area.setObjectName(u"area")

        self.rows_1.setWidget(1, QFormLayout.ItemRole.FieldRole, self.area)
        yield

        self.label_type = QLabel(self.section_1)
        self.label_type.setObjectName(u"label_type")
        self.label_type.setTextFormat(Qt.TextFormat.PlainText)
        self.label_type.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_type)
        yield

        self.type = ChoiceInput(self.section_1)
        self.type.setObjectName(u"type")

        self.rows_1.setWidget(2, QFormLayout.ItemRole.FieldRole, self.type)
        yield

        self.label_title = QLabel(self.section_1)
        self.label_title.setObjectName(u"label_title")
        self.label_title.setTextFormat(Qt.TextFormat.PlainText)
        self.label_title.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_title)
        yield

        self.title = TextInput(self.section_1)
        self.title.setObjectName(u"title")

        self.rows_1.setWidget(3, QFormLayout.ItemRole.FieldRole, self.title)
        yield

        self.label_venue = QLabel(self.section_1)
        self.label_venue.setObjectName(u"label_venue")
        self.label_venue.setTextFormat(Qt.TextFormat.PlainText)
        self.label_venue.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_venue)
        yield

        self.venue = TextInput(self.section_1)
        self.venue.setObjectName(u"venue")

        self.rows_1.setWidget(4, QFormLayout.ItemRole.FieldRole, self.venue)
        yield

        self.label_sessions = QLabel(self.section_1)
        self.label_sessions.setObjectName(u"label_sessions")
        self.label_sessions.setTextFormat(Qt.TextFormat.PlainText)
        self.label_sessions.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(5, QFormLayout.ItemRole.LabelRole, self.label_sessions)
        yield

        self.sessions = NumberInput(self.section_1)
        self.sessions.setObjectName(u"sessions")

        self.rows_1.setWidget(5, QFormLayout.ItemRole.FieldRole, self.sessions)
        yield

        self.label_participants = QLabel(self.section_1)
        self.label_participants.setObjectName(u"label_participants")
        self.label_participants.setTextFormat(Qt.TextFormat.PlainText)
        self.label_participants.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(6, QFormLayout.ItemRole.LabelRole, self.label_participants)
        yield

        self.participants = NumberInput(self.section_1)
        self.participants.setObjectName(u"participants")

        self.rows_1.setWidget(6, QFormLayout.ItemRole.FieldRole, self.participants)
        yield

        self.label_approx = QLabel(self.section_1)
        self.label_approx.setObjectName(u"label_approx")
        self.label_approx.setTextFormat(Qt.TextFormat.PlainText)
        self.label_approx.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(7, QFormLayout.ItemRole.LabelRole, self.label_approx)
        yield

        self.approx = ChoiceInput(self.section_1)
        self.approx.setObjectName(u"approx")

        self.rows_1.setWidget(7, QFormLayout.ItemRole.FieldRole, self.approx)
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
        self.label_drill_form = QLabel(self.section_2)
        self.label_drill_form.setObjectName(u"label_drill_form")
        self.label_drill_form.setTextFormat(Qt.TextFormat.PlainText)
        self.label_drill_form.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_drill_form)
        yield

        self.drill_form = ChoiceInput(self.section_2)
        self.drill_form.setObjectName(u"drill_form")

        self.rows_2.setWidget(0, QFormLayout.ItemRole.FieldRole, self.drill_form)
        yield

        self.label_hazard_type = QLabel(self.section_2)
        self.label_hazard_type.setObjectName(u"label_hazard_type")
        self.label_hazard_type.setTextFormat(Qt.TextFormat.PlainText)
        self.label_hazard_type.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(1, QFormLayout.ItemRole.LabelRole, self.label_hazard_type)
        yield

        self.hazard_type = ChoiceInput(self.section_2)
        self.hazard_type.setObjectName(u"hazard_type")

        self.rows_2.setWidget(1, QFormLayout.ItemRole.FieldRole, self.hazard_type)
        yield

        self.label_evaluation = QLabel(self.section_2)
        self.label_evaluation.setObjectName(u"label_evaluation")
        self.label_evaluation.setTextFormat(Qt.TextFormat.PlainText)
        self.label_evaluation.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_evaluation)
        yield

        self.evaluation = TextInput(self.section_2)
        self.evaluation.setObjectName(u"evaluation")

        self.rows_2.setWidget(2, QFormLayout.ItemRole.FieldRole, self.evaluation)
        yield

        self.label_departments = QLabel(self.section_2)
        self.label_departments.setObjectName(u"label_departments")
        self.label_departments.setTextFormat(Qt.TextFormat.PlainText)
        self.label_departments.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_departments)
        yield

        self.departments = NumberInput(self.section_2)
        self.departments.setObjectName(u"departments")

        self.rows_2.setWidget(3, QFormLayout.ItemRole.FieldRole, self.departments)
        yield

        self.label_enterprises = QLabel(self.section_2)
        self.label_enterprises.setObjectName(u"label_enterprises")
        self.label_enterprises.setTextFormat(Qt.TextFormat.PlainText)
        self.label_enterprises.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_enterprises)
        yield

        self.enterprises = NumberInput(self.section_2)
        self.enterprises.setObjectName(u"enterprises")

        self.rows_2.setWidget(4, QFormLayout.ItemRole.FieldRole, self.enterprises)
        yield

        self.label_campaign = QLabel(self.section_2)
        self.label_campaign.setObjectName(u"label_campaign")
        self.label_campaign.setTextFormat(Qt.TextFormat.PlainText)
        self.label_campaign.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_2.setWidget(5, QFormLayout.ItemRole.LabelRole, self.label_campaign)
        yield

        self.campaign = MultiChoiceInput(self.section_2)
        self.campaign.setObjectName(u"campaign")

        self.rows_2.setWidget(5, QFormLayout.ItemRole.FieldRole, self.campaign)
        yield


        self.column_2.addLayout(self.rows_2)


        self.columns.addWidget(self.section_2)
        yield

        self.section_3 = QWidget(Form)
        self.section_3.setObjectName(u"section_3")
        self.column_3 = QVBoxLayout(self.section_3)
        self.column_3.setObjectName(u"column_3")
        self.column_3.setContentsMargins(0, 0, 0, 0)
        self.activity_output = ChildTable(self.section_3)
        self.activity_output.setObjectName(u"activity_output")

        self.column_3.addWidget(self.activity_output)
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
        self.label_reporter = QLabel(self.section_4)
        self.label_reporter.setObjectName(u"label_reporter")
        self.label_reporter.setTextFormat(Qt.TextFormat.PlainText)
        self.label_reporter.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_reporter)
        yield

        self.reporter = RefInput(self.section_4)
        self.reporter.setObjectName(u"reporter")

        self.rows_4.setWidget(0, QFormLayout.ItemRole.FieldRole, self.reporter)
        yield

        self.label_granularity = QLabel(self.section_4)
        self.label_granularity.setObjectName(u"label_granularity")
        self.label_granularity.setTextFormat(Qt.TextFormat.PlainText)
        self.label_granularity.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(1, QFormLayout.ItemRole.LabelRole, self.label_granularity)
        yield

        self.granularity = ChoiceInput(self.section_4)
        self.granularity.setObjectName(u"granularity")

        self.rows_4.setWidget(1, QFormLayout.ItemRole.FieldRole, self.granularity)
        yield

        self.label_source_ref = QLabel(self.section_4)
        self.label_source_ref.setObjectName(u"label_source_ref")
        self.label_source_ref.setTextFormat(Qt.TextFormat.PlainText)
        self.label_source_ref.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_source_ref)
        yield

        self.source_ref = TextInput(self.section_4)
        self.source_ref.setObjectName(u"source_ref")

        self.rows_4.setWidget(2, QFormLayout.ItemRole.FieldRole, self.source_ref)
        yield

        self.label_evidence = QLabel(self.section_4)
        self.label_evidence.setObjectName(u"label_evidence")
        self.label_evidence.setTextFormat(Qt.TextFormat.PlainText)
        self.label_evidence.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_evidence)
        yield

        self.evidence = FilesInput(self.section_4)
        self.evidence.setObjectName(u"evidence")

        self.rows_4.setWidget(3, QFormLayout.ItemRole.FieldRole, self.evidence)
        yield

        self.label_note = QLabel(self.section_4)
        self.label_note.setObjectName(u"label_note")
        self.label_note.setTextFormat(Qt.TextFormat.PlainText)
        self.label_note.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_4.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_note)
        yield

        self.note = MemoInput(self.section_4)
        self.note.setObjectName(u"note")

        self.rows_4.setWidget(4, QFormLayout.ItemRole.FieldRole, self.note)
        yield


        self.column_4.addLayout(self.rows_4)


        self.columns.addWidget(self.section_4)
        yield

#if QT_CONFIG(shortcut)
        self.label_record_date.setBuddy(self.record_date)
        self.label_area.setBuddy(self.area)
        self.label_type.setBuddy(self.type)
        self.label_title.setBuddy(self.title)
        self.label_venue.setBuddy(self.venue)
        self.label_sessions.setBuddy(self.sessions)
        self.label_participants.setBuddy(self.participants)
        self.label_approx.setBuddy(self.approx)
        self.label_drill_form.setBuddy(self.drill_form)
        self.label_hazard_type.setBuddy(self.hazard_type)
        self.label_evaluation.setBuddy(self.evaluation)
        self.label_departments.setBuddy(self.departments)
        self.label_enterprises.setBuddy(self.enterprises)
        self.label_campaign.setBuddy(self.campaign)
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
        Form.setWindowTitle(QCoreApplication.translate("Form", u"\u57f9\u8bad\u6f14\u7ec3\u5ba3\u4f20", None))
        self.heading_1.setText(QCoreApplication.translate("Form", u"\u6d3b\u52a8", None))
        self.label_record_date.setText(QCoreApplication.translate("Form", u"\u65e5\u671f", None))
        self.label_area.setText(QCoreApplication.translate("Form", u"\u4e61\u9547", None))
        self.label_type.setText(QCoreApplication.translate("Form", u"\u7c7b\u578b", None))
        self.label_title.setText(QCoreApplication.translate("Form", u"\u540d\u79f0", None))
        self.label_venue.setText(QCoreApplication.translate("Form", u"\u5730\u70b9", None))
        self.label_sessions.setText(QCoreApplication.translate("Form", u"\u573a\u6b21", None))
        self.label_participants.setText(QCoreApplication.translate("Form", u"\u53c2\u52a0\u4eba\u6570", None))
        self.label_approx.setText(QCoreApplication.translate("Form", u"\u4eba\u6570\u7ea6\u6570", None))
        self.heading_2.setText(QCoreApplication.translate("Form", u"\u6f14\u7ec3\u4e0e\u53c2\u4e0e", None))
        self.label_drill_form.setText(QCoreApplication.translate("Form", u"\u6f14\u7ec3\u5f62\u5f0f", None))
        self.label_hazard_type.setText(QCoreApplication.translate("Form", u"\u4e8b\u6545\u707e\u5bb3\u7c7b\u578b", None))
        self.label_evaluation.setText(QCoreApplication.translate("Form", u"\u8bc4\u4f30\u7ed3\u8bba", None))
        self.label_departments.setText(QCoreApplication.translate("Form", u"\u53c2\u4e0e\u90e8\u95e8\u6570", None))
        self.label_enterprises.setText(QCoreApplication.translate("Form", u"\u53c2\u4e0e\u4f01\u4e1a\u6570", None))
        self.label_campaign.setText(QCoreApplication.translate("Form", u"\u4e13\u9879/\u4e3b\u9898", None))
        self.heading_4.setText(QCoreApplication.translate("Form", u"\u6765\u6e90\u4e0e\u8bf4\u660e", None))
        self.label_reporter.setText(QCoreApplication.translate("Form", u"\u586b\u62a5\u5355\u4f4d", None))
        self.label_granularity.setText(QCoreApplication.translate("Form", u"\u8bb0\u5f55\u7c92\u5ea6", None))
        self.label_source_ref.setText(QCoreApplication.translate("Form", u"\u6765\u6e90", None))
        self.label_evidence.setText(QCoreApplication.translate("Form", u"\u4f50\u8bc1\u6750\u6599", None))
        self.label_note.setText(QCoreApplication.translate("Form", u"\u5907\u6ce8", None))
    # retranslateUi
