# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'supply_movement.ui'
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
    NumberInput, RefInput, TextInput)
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
        self.label_doc_no = QLabel(self.section_1)
        self.label_doc_no.setObjectName(u"label_doc_no")
        self.label_doc_no.setTextFormat(Qt.TextFormat.PlainText)
        self.label_doc_no.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_doc_no)
        yield

        self.doc_no = TextInput(self.section_1)
        self.doc_no.setObjectName(u"doc_no")

        self.rows_1.setWidget(0, QFormLayout.ItemRole.FieldRole, self.doc_no)
        yield

        self.label_type = QLabel(self.section_1)
        self.label_type.setObjectName(u"label_type")
        self.label_type.setTextFormat(Qt.TextFormat.PlainText)
        self.label_type.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(1, QFormLayout.ItemRole.LabelRole, self.label_type)
        yield

        self.type = ChoiceInput(self.section_1)
        self.type.setObjectName(u"type")

        self.rows_1.setWidget(1, QFormLayout.ItemRole.FieldRole, self.type)
        yield

        self.label_record_date = QLabel(self.section_1)
        self.label_record_date.setObjectName(u"label_record_date")
        self.label_record_date.setTextFormat(Qt.TextFormat.PlainText)
        self.label_record_date.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_record_date)
        yield

        self.record_date = DateInput(self.section_1)
        self.record_date.setObjectName(u"record_date")

        self.rows_1.setWidget(2, QFormLayout.ItemRole.FieldRole, self.record_date)
        yield

        self.label_area = QLabel(self.section_1)
        self.label_area.setObjectName(u"label_area")
        self.label_area.setTextFormat(Qt.TextFormat.PlainText)
        self.label_area.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_area)
        yield

        self.area = RefInput(self.section_1)
        self.area.setObjectName(u"area")

        self.rows_1.setWidget(3, QFormLayout.ItemRole.FieldRole, self.area)
        yield

        self.label_receiver = QLabel(self.section_1)
        self.label_receiver.setObjectName(u"label_receiver")
        self.label_receiver.setTextFormat(Qt.TextFormat.PlainText)
        self.label_receiver.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_receiver)
        yield

        self.receiver = RefInput(self.section_1)
        self.receiver.setObjectName(u"receiver")

        self.rows_1.setWidget(4, QFormLayout.ItemRole.FieldRole, self.receiver)
        yield

        self.label_dispatch = QLabel(self.section_1)
        self.label_dispatch.setObjectName(u"label_dispatch")
        self.label_dispatch.setTextFormat(Qt.TextFormat.PlainText)
        self.label_dispatch.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(5, QFormLayout.ItemRole.LabelRole, self.label_dispatch)
        yield

        self.dispatch = RefInput(self.section_1)
        self.dispatch.setObjectName(u"dispatch")

        self.rows_1.setWidget(5, QFormLayout.ItemRole.FieldRole, self.dispatch)
        yield

        self.label_event = QLabel(self.section_1)
        self.label_event.setObjectName(u"label_event")
        self.label_event.setTextFormat(Qt.TextFormat.PlainText)
        self.label_event.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(6, QFormLayout.ItemRole.LabelRole, self.label_event)
        yield

        self.event = RefInput(self.section_1)
        self.event.setObjectName(u"event")

        self.rows_1.setWidget(6, QFormLayout.ItemRole.FieldRole, self.event)
        yield

        self.label_beneficiaries = QLabel(self.section_1)
        self.label_beneficiaries.setObjectName(u"label_beneficiaries")
        self.label_beneficiaries.setTextFormat(Qt.TextFormat.PlainText)
        self.label_beneficiaries.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(7, QFormLayout.ItemRole.LabelRole, self.label_beneficiaries)
        yield

        self.beneficiaries = NumberInput(self.section_1)
        self.beneficiaries.setObjectName(u"beneficiaries")

        self.rows_1.setWidget(7, QFormLayout.ItemRole.FieldRole, self.beneficiaries)
        yield

        self.label_fund = QLabel(self.section_1)
        self.label_fund.setObjectName(u"label_fund")
        self.label_fund.setTextFormat(Qt.TextFormat.PlainText)
        self.label_fund.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(8, QFormLayout.ItemRole.LabelRole, self.label_fund)
        yield

        self.fund = RefInput(self.section_1)
        self.fund.setObjectName(u"fund")

        self.rows_1.setWidget(8, QFormLayout.ItemRole.FieldRole, self.fund)
        yield


        self.column_1.addLayout(self.rows_1)


        self.columns.addWidget(self.section_1)
        yield

        self.section_2 = QWidget(Form)
        self.section_2.setObjectName(u"section_2")
        self.column_2 = QVBoxLayout(self.section_2)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.supply_line = ChildTable(self.section_2)
        self.supply_line.setObjectName(u"supply_line")

        self.column_2.addWidget(self.supply_line)
        yield


        self.columns.addWidget(self.section_2)
        yield

        self.section_3 = QWidget(Form)
        self.section_3.setObjectName(u"section_3")
        self.column_3 = QVBoxLayout(self.section_3)
        self.column_3.setSpacing(8)
        self.column_3.setObjectName(u"column_3")
        self.column_3.setContentsMargins(0, 0, 0, 0)
        self.heading_3 = QLabel(self.section_3)
        self.heading_3.setObjectName(u"heading_3")
        self.heading_3.setTextFormat(Qt.TextFormat.PlainText)
        self.heading_3.setProperty(u"role", u"section")

        self.column_3.addWidget(self.heading_3)
        yield

        self.rows_3 = QFormLayout()
        self.rows_3.setObjectName(u"rows_3")
        self.rows_3.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows_3.setHorizontalSpacing(8)
        self.rows_3.setVerticalSpacing(6)
        self.label_reporter = QLabel(self.section_3)
        self.label_reporter.setObjectName(u"label_reporter")
        self.label_reporter.setTextFormat(Qt.TextFormat.PlainText)
        self.label_reporter.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_reporter)
        yield

        self.reporter = RefInput(self.section_3)
        self.reporter.setObjectName(u"reporter")

        self.rows_3.setWidget(0, QFormLayout.ItemRole.FieldRole, self.reporter)
        yield

        self.label_granularity = QLabel(self.section_3)
        self.label_granularity.setObjectName(u"label_granularity")
        self.label_granularity.setTextFormat(Qt.TextFormat.PlainText)
        self.label_granularity.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(1, QFormLayout.ItemRole.LabelRole, self.label_granularity)
        yield

        self.granularity = ChoiceInput(self.section_3)
        self.granularity.setObjectName(u"granularity")

        self.rows_3.setWidget(1, QFormLayout.ItemRole.FieldRole, self.granularity)
        yield

        self.label_approx = QLabel(self.section_3)
        self.label_approx.setObjectName(u"label_approx")
        self.label_approx.setTextFormat(Qt.TextFormat.PlainText)
        self.label_approx.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_approx)
        yield

        self.approx = ChoiceInput(self.section_3)
        self.approx.setObjectName(u"approx")

        self.rows_3.setWidget(2, QFormLayout.ItemRole.FieldRole, self.approx)
        yield

        self.label_source_ref = QLabel(self.section_3)
        self.label_source_ref.setObjectName(u"label_source_ref")
        self.label_source_ref.setTextFormat(Qt.TextFormat.PlainText)
        self.label_source_ref.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_source_ref)
        yield

        self.source_ref = TextInput(self.section_3)
        self.source_ref.setObjectName(u"source_ref")

        self.rows_3.setWidget(3, QFormLayout.ItemRole.FieldRole, self.source_ref)
        yield

        self.label_evidence = QLabel(self.section_3)
        self.label_evidence.setObjectName(u"label_evidence")
        self.label_evidence.setTextFormat(Qt.TextFormat.PlainText)
        self.label_evidence.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_evidence)
        yield

        self.evidence = FilesInput(self.section_3)
        self.evidence.setObjectName(u"evidence")

        self.rows_3.setWidget(4, QFormLayout.ItemRole.FieldRole, self.evidence)
        yield

        self.label_note = QLabel(self.section_3)
        self.label_note.setObjectName(u"label_note")
        self.label_note.setTextFormat(Qt.TextFormat.PlainText)
        self.label_note.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(5, QFormLayout.ItemRole.LabelRole, self.label_note)
        yield

        self.note = MemoInput(self.section_3)
        self.note.setObjectName(u"note")

        self.rows_3.setWidget(5, QFormLayout.ItemRole.FieldRole, self.note)
        yield


        self.column_3.addLayout(self.rows_3)


        self.columns.addWidget(self.section_3)
        yield

#if QT_CONFIG(shortcut)
        self.label_doc_no.setBuddy(self.doc_no)
        self.label_type.setBuddy(self.type)
        self.label_record_date.setBuddy(self.record_date)
        self.label_area.setBuddy(self.area)
        self.label_receiver.setBuddy(self.receiver)
        self.label_dispatch.setBuddy(self.dispatch)
        self.label_event.setBuddy(self.event)
        self.label_beneficiaries.setBuddy(self.beneficiaries)
        self.label_fund.setBuddy(self.fund)
        self.label_reporter.setBuddy(self.reporter)
        self.label_granularity.setBuddy(self.granularity)
        self.label_approx.setBuddy(self.approx)
        self.label_source_ref.setBuddy(self.source_ref)
        self.label_evidence.setBuddy(self.evidence)
        self.label_note.setBuddy(self.note)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(Form)

        QMetaObject.connectSlotsByName(Form)
    # setupUi

    def retranslateUi(self, Form):
        Form.setWindowTitle(QCoreApplication.translate("Form", u"\u7269\u8d44\u6536\u53d1", None))
        self.heading_1.setText(QCoreApplication.translate("Form", u"\u6536\u53d1\u5355", None))
        self.label_doc_no.setText(QCoreApplication.translate("Form", u"\u5355\u53f7", None))
        self.label_type.setText(QCoreApplication.translate("Form", u"\u7c7b\u578b", None))
        self.label_record_date.setText(QCoreApplication.translate("Form", u"\u65e5\u671f", None))
        self.label_area.setText(QCoreApplication.translate("Form", u"\u4e61\u9547", None))
        self.label_receiver.setText(QCoreApplication.translate("Form", u"\u63a5\u6536\u5355\u4f4d", None))
        self.label_dispatch.setText(QCoreApplication.translate("Form", u"\u5bf9\u5e94\u8c03\u62e8", None))
        self.label_event.setText(QCoreApplication.translate("Form", u"\u707e\u5bb3\u8fc7\u7a0b", None))
        self.label_beneficiaries.setText(QCoreApplication.translate("Form", u"\u6551\u52a9\u4eba\u6570", None))
        self.label_fund.setText(QCoreApplication.translate("Form", u"\u8d44\u91d1\u6765\u6e90", None))
        self.heading_3.setText(QCoreApplication.translate("Form", u"\u6765\u6e90\u4e0e\u8bf4\u660e", None))
        self.label_reporter.setText(QCoreApplication.translate("Form", u"\u586b\u62a5\u5355\u4f4d", None))
        self.label_granularity.setText(QCoreApplication.translate("Form", u"\u8bb0\u5f55\u7c92\u5ea6", None))
        self.label_approx.setText(QCoreApplication.translate("Form", u"\u7ea6\u6570", None))
        self.label_source_ref.setText(QCoreApplication.translate("Form", u"\u6765\u6e90", None))
        self.label_evidence.setText(QCoreApplication.translate("Form", u"\u4f50\u8bc1\u6750\u6599", None))
        self.label_note.setText(QCoreApplication.translate("Form", u"\u5907\u6ce8", None))
    # retranslateUi
