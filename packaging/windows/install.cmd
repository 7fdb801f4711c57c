@echo off
setlocal
set "HERE=%~dp0"
set "PLACE=%LOCALAPPDATA%\Programs\MingxiLedgerPip"
py -3.12 -c "import sys; sys.exit(sys.maxsize < 2**32)" >nul 2>nul
if errorlevel 1 goto nopython
py -3.12 -m venv --clear "%PLACE%"
if errorlevel 1 goto failed
"%PLACE%\Scripts\python.exe" -m pip install --no-index --find-links "%HERE%wheels" --require-hashes -r "%HERE%requirements.txt"
if errorlevel 1 goto failed
copy /y "%HERE%start.cmd" "%PLACE%\start.cmd" >nul
if errorlevel 1 goto failed
echo.
echo DONE. To open the program: "%PLACE%\start.cmd"
goto end
:nopython
echo.
echo NOT INSTALLED. Python 3.12 (64-bit) with its launcher "py" is needed first.
goto end
:failed
echo.
echo NOT INSTALLED. See the lines above, then run install.cmd again.
:end
pause
