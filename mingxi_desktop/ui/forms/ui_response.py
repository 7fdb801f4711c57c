# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'response.ui'
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

from mingxi_desktop.ui.inputs import (ChoiceInput, DateInput, DateTimeInput, FilesInput,
    MemoInput, RefInput, TextInput)
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
        self.label_type = QLabel(self.section_1)
        self.label_type.setObjectName(u"label_type")
        self.label_type.setTextFormat(Qt.TextFormat.PlainText)
        self.label_type.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(0, QFormLayout.ItemRole.LabelRole, self.label_type)
        yield

        self.type = ChoiceInput(self.section_1)
        self.type.setObjectName(u"type")

        self.rows_1.setWidget(0, QFormLayout.ItemRole.FieldRole, self.type)
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

        self.label_event = QLabel(self.section_1)
        self.label_event.setObjectName(u"label_event")
        self.label_event.setTextFormat(Qt.TextFormat.PlainText)
        self.label_event.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_event)
        yield

        self.event = RefInput(self.section_1)
        self.event.setObjectName(u"event")

        self.rows_1.setWidget(2, QFormLayout.ItemRole.FieldRole, self.event)
        yield

        self.label_start_at = QLabel(self.section_1)
        self.label_start_at.setObjectName(u"label_start_at")
        self.label_start_at.setTextFormat(Qt.TextFormat.PlainText)
        self.label_start_at.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_start_at)
        yield

        self.start_at = DateTimeInput(self.section_1)
        self.start_at.setObjectName(u"start_at")

        self.rows_1.setWidget(3, QFormLayout.ItemRole.FieldRole, self.start_at)
        yield

        self.label_end_at = QLabel(self.section_1)
        self.label_end_at.setObjectName(u"label_end_at")
        self.label_end_at.setTextFormat(Qt.TextFormat.PlainText)
        self.label_end_at.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_end_at)
        yield

        self.end_at = DateTimeInput(self.section_1)
        self.end_at.setObjectName(u"end_at")

        self.rows_1.setWidget(4, QFormLayout.ItemRole.FieldRole, self.end_at)
        yield

        self.label_record_date = QLabel(self.section_1)
        self.label_record_date.setObjectName(u"label_record_date")
        self.label_record_date.setTextFormat(Qt.TextFormat.PlainText)
        self.label_record_date.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_1.setWidget(5, QFormLayout.ItemRole.LabelRole, self.label_record_date)
        yield

        self.record_date = DateInput(self.section_1)
        self.record_date.setObjectName(u"record_date")

        self.rows_1.setWidget(5, QFormLayout.ItemRole.FieldRole, self.record_date)
        yield


        self.column_1.addLayout(self.rows_1)


        self.columns.addWidget(self.section_1)
        yield

        self.section_2 = QWidget(Form)
        self.section_2.setObjectName(u"section_2")
        self.column_2 = QVBoxLayout(self.section_2)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.response_step = ChildTable(self.section_2)
        self.response_step.setObjectName(u"response_step")

        self.column_2.addWidget(self.response_step)
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

        self.label_source_ref = QLabel(self.section_3)
        self.label_source_ref.setObjectName(u"label_source_ref")
        self.label_source_ref.setTextFormat(Qt.TextFormat.PlainText)
        self.label_source_ref.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(2, QFormLayout.ItemRole.LabelRole, self.label_source_ref)
        yield

        self.source_ref = TextInput(self.section_3)
        self.source_ref.setObjectName(u"source_ref")

        self.rows_3.setWidget(2, QFormLayout.ItemRole.FieldRole, self.source_ref)
        yield

        self.label_evidence = QLabel(self.section_3)
        self.label_evidence.setObjectName(u"label_evidence")
        self.label_evidence.setTextFormat(Qt.TextFormat.PlainText)
        self.label_evidence.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(3, QFormLayout.ItemRole.LabelRole, self.label_evidence)
        yield

        self.evidence = FilesInput(self.section_3)
        self.evidence.setObjectName(u"evidence")

        self.rows_3.setWidget(3, QFormLayout.ItemRole.FieldRole, self.evidence)
        yield

        self.label_note = QLabel(self.section_3)
        self.label_note.setObjectName(u"label_note")
        self.label_note.setTextFormat(Qt.TextFormat.PlainText)
        self.label_note.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)

        self.rows_3.setWidget(4, QFormLayout.ItemRole.LabelRole, self.label_note)
        yield

        self.note = MemoInput(self.section_3)
        self.note.setObjectName(u"note")

        self.rows_3.setWidget(4, QFormLayout.ItemRole.FieldRole, self.note)
        yield


        self.column_3.addLayout(self.rows_3)


        self.columns.addWidget(self.section_3)
        yield

#if QT_CONFIG(shortcut)
        self.label_type.setBuddy(self.type)
        self.label_area.setBuddy(self.area)
        self.label_event.setBuddy(self.event)
        self.label_start_at.setBuddy(self.start_at)
        self.label_end_at.setBuddy(self.end_at)
        self.label_record_date.setBuddy(self.record_date)
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
        Form.setWindowTitle(QCoreApplication.translate("Form", u"\u5e94\u6025\u54cd\u5e94", None))
        self.heading_1.setText(QCoreApplication.translate("Form", u"\u5e94\u6025\u54cd\u5e94", None))
        self.label_type.setText(QCoreApplication.translate("Form", u"\u54cd\u5e94\u7c7b\u578b", None))
        self.label_area.setText(QCoreApplication.translate("Form", u"\u4e61\u9547", None))
        self.label_event.setText(QCoreApplication.translate("Form", u"\u707e\u5bb3\u8fc7\u7a0b", None))
        self.label_start_at.setText(QCoreApplication.translate("Form", u"\u542f\u52a8\u65f6\u95f4", None))
        self.label_end_at.setText(QCoreApplication.translate("Form", u"\u7ec8\u6b62\u65f6\u95f4", None))
        self.label_record_date.setText(QCoreApplication.translate("Form", u"\u65e5\u671f", None))
        self.heading_3.setText(QCoreApplication.translate("Form", u"\u6765\u6e90\u4e0e\u8bf4\u660e", None))
        self.label_reporter.setText(QCoreApplication.translate("Form", u"\u586b\u62a5\u5355\u4f4d", None))
        self.label_granularity.setText(QCoreApplication.translate("Form", u"\u8bb0\u5f55\u7c92\u5ea6", None))
        self.label_source_ref.setText(QCoreApplication.translate("Form", u"\u6765\u6e90", None))
        self.label_evidence.setText(QCoreApplication.translate("Form", u"\u4f50\u8bc1\u6750\u6599", None))
        self.label_note.setText(QCoreApplication.translate("Form", u"\u5907\u6ce8", None))
    # retranslateUi
