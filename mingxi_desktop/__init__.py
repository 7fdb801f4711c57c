"""明溪应急台账: record → indicator → sentence, for a county emergency management bureau."""

from mingxi_desktop import lean_dataclasses

__version__ = "0.2.0"
APP_NAME = "明溪应急台账"

lean_dataclasses.install()
