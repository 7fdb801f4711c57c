@echo off
start "" "%~dp0Scripts\pythonw.exe" -m mingxi_desktop %*
