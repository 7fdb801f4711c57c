@echo off
set MINGXI_PORTABLE=1
set "MINGXI_DATA=%~dp0data"
start "" "%~dp0app\python\pythonw.exe" -m mingxi_desktop %*
