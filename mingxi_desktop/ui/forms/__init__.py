"""The forms drawn in forms/*.ui, as pyside6-uic compiles them."""
