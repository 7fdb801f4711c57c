; The setup program. dev.py windows build gives: VERSION, MARK (-dev or nothing), NUMBER (four numbers), TREE,
; MEGABYTES (its size), SIDE and HEAD (pictures), TARGET.
;
; Per user, without an administrator. The program lies in $INSTDIR\app, whole as it was built (CONTENTS.sha256). A new
; one is unpacked beside it into $INSTDIR\new; only when it is whole do the two change places, so that a full disk or
; a power cut never leaves half a program. The user's data in %LOCALAPPDATA%\MingxiLedger is never touched.
;
; Silent: /S, and /D=folder as the last for a first installation. Exit codes: 0 done, 1 cancelled, 2 refused or failed.
Unicode true
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 32
AllowSkipFiles off
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh
!include "${__FILEDIR__}/shell.nsh"

!define APP "明溪应急台账"
!define ID "MingxiLedger"
!define MODEL "Mingxi.EmergencyLedger" ; the program gives itself the same: ui/taskbar.py
!define KEY "Software\${ID}"
!define UNKEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define CLASSES "Software\Classes"
!define PROGRAM "$INSTDIR\app\python\pythonw.exe"
!define LIBRARY "$INSTDIR\app\python\python312.dll"
!define ICON "$INSTDIR\app\mingxi.ico"
!define MENU "$SMPROGRAMS\${APP}"
!define RUNNING "${APP}正在运行。$\r$\n$\r$\n请先关闭它的窗口，再点“重试”。"
!define BUSY "有程序正占用${APP}的文件，可能是杀毒软件在检查，也可能是还开着的窗口。"

Name "${APP} ${VERSION}${MARK}"
Caption "${APP} ${VERSION}${MARK} 安装"
UninstallCaption "卸载 ${APP}"
OutFile "${TARGET}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${APP}"
BrandingText "${APP} ${VERSION}${MARK}"
VIProductVersion "${NUMBER}"
VIFileVersion "${NUMBER}"
VIAddVersionKey /LANG=2052 "ProductName" "${APP}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}${MARK}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}${MARK}"
VIAddVersionKey /LANG=2052 "FileDescription" "${APP} 安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache License 2.0"

; ---------------------------------------------------------------- pages
!if "${MARK}" == ""
  !define ABOUT ""
!else
  !define ABOUT "这是试用的版本，不要用来记正式的台账。$\r$\n$\r$\n"
!endif
!define MUI_ICON "${TREE}/mingxi.ico"
!define MUI_UNICON "${TREE}/mingxi.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${HEAD}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${APP} ${VERSION}${MARK}"
!define MUI_WELCOMEPAGE_TEXT "${ABOUT}只装给当前用户，不需要管理员权限，也不用联网。$\r$\n$\r$\n装过旧版的会原地换成这一版，台账、备份和设置都不动。$\r$\n$\r$\n如果${APP}正开着，请先关闭它。"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipOnUpdate
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RefuseOthersFolder
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序装到下面这个文件夹。一般不用改。$\r$\n$\r$\n台账不放在这里，以后重装、卸载都不会动它。"
!insertmacro MUI_PAGE_DIRECTORY
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_COMPONENTSPAGE_TEXT_TOP "不想要的去掉勾，再点“安装”。"
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST "要装的："
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "${APP}装好了"
!define MUI_FINISHPAGE_TEXT "以后从开始菜单里打开。$\r$\n$\r$\n有新版本时，直接运行新的安装程序就行，不用先卸载。"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "现在打开"
!define MUI_FINISHPAGE_RUN_FUNCTION Launch
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑上删除${APP}的程序。$\r$\n$\r$\n台账、备份和设置都留着，重新安装后可以接着用。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
SetFont /LANG=2052 "Microsoft YaHei UI" 9

; ---------------------------------------------------------------- shared by setup and uninstaller
Var Running ; "yes" while the program runs
Var Installed ; "yes" where this setup changes an installation
Var Why ; what went wrong, for the last message
Var Told ; "yes" once it was told
Var Begun ; "yes" from when the folder is known to be ours and is worked in

!macro Shared un
; Windows lets nobody write into a library that is loaded.
Function ${un}LookIfRunning
  StrCpy $Running ""
  ${If} ${FileExists} "${LIBRARY}"
    ClearErrors
    FileOpen $0 "${LIBRARY}" a
    ${If} ${Errors}
      StrCpy $Running "yes"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
FunctionEnd

; Ends setup where the program runs or another setup is at work.
Function ${un}RefuseWhileRunning
  System::Call 'kernel32::CreateMutexW(p 0, i 1, w "${ID}.Setup") p .r0 ?e'
  Pop $1
  ${If} $1 = 183
    MessageBox MB_ICONEXCLAMATION|MB_OK "${APP}的另一个安装或卸载程序还开着。请先把它做完或关掉。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  again:
  Call ${un}LookIfRunning
  ${If} $Running == "yes"
    MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "${RUNNING}" /SD IDCANCEL IDRETRY again
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

; Give folder $R0 the name $R1; the errors flag tells that it could not be. Anti-virus programs hold new files a while.
Function ${un}Move
  StrCpy $0 0
  again:
  ClearErrors
  Rename "$R0" "$R1"
  ${If} ${Errors}
  ${AndIf} $0 < 10
    IntOp $0 $0 + 1
    Sleep 500
    Goto again
  ${EndIf}
FunctionEnd

; A program taken aside and not replaced, because the power failed just then, comes back.
Function ${un}PutInOrder
  ${If} ${FileExists} "$INSTDIR\old\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\app\*.*"
    Rename "$INSTDIR\old" "$INSTDIR\app"
  ${EndIf}
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
FunctionEnd
!macroend
!insertmacro Shared ""
!insertmacro Shared "un."

; ---------------------------------------------------------------- setup
Function Launch
  SetOutPath "$DOCUMENTS"
  Exec '"${PROGRAM}" -m mingxi_desktop'
FunctionEnd

Function SkipOnUpdate
  ${If} $Installed == "yes"
    Abort
  ${EndIf}
FunctionEnd

; $Why is not empty where the folder holds what is not ours: it would be mixed up with the program.
Function LookAtFolder
  StrCpy $Why ""
  ReadRegStr $0 HKCU "${KEY}" "InstallDir"
  ${If} $0 == $INSTDIR
  ${OrIf} ${FileExists} "$INSTDIR\uninstall.exe"
    Return
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\*.*"
    ${DirState} "$INSTDIR" $0
    ${If} $0 <> 0
      StrCpy $Why "这个文件夹里已有别的文件：$\r$\n$INSTDIR$\r$\n$\r$\n请换一个空的或者还没有的文件夹。"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function RefuseOthersFolder
  Call LookAtFolder
  ${If} $Why != ""
    MessageBox MB_ICONEXCLAMATION|MB_OK "$Why" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

; What was begun is taken back, and the user told why.
Function TellFailure
  ${If} $Told == "yes"
    Return
  ${EndIf}
  StrCpy $Told "yes"
  ${If} $Begun == "yes"
    SetOutPath "$TEMP"
    Call PutInOrder
    ${IfNot} ${FileExists} "$INSTDIR\app\*.*"
      Delete "$INSTDIR\uninstall.exe"
      RMDir "$INSTDIR"
      DeleteRegKey HKCU "${KEY}"
    ${EndIf}
  ${EndIf}
  SetErrorLevel 2
  MessageBox MB_ICONSTOP|MB_OK "没有装好。$\r$\n$\r$\n$Why$\r$\n$\r$\n台账没有动，原来装的程序也还能用。改好以后，请再运行一次这个安装程序。" /SD IDOK
FunctionEnd

!macro Fail
  Call TellFailure
  Abort "$Why"
!macroend

Section "${APP}（必选）" MAIN
  SectionIn RO
  Call LookAtFolder
  ${If} $Why != ""
    !insertmacro Fail
  ${EndIf}
  ClearErrors
  CreateDirectory "$INSTDIR"
  ${If} ${Errors}
    StrCpy $Why "文件夹建不了：$\r$\n$INSTDIR"
    !insertmacro Fail
  ${EndIf}
  Call LookIfRunning ; it may have been opened since
  ${If} $Running == "yes"
    StrCpy $Why "${APP}正在运行。请先关闭它的窗口。"
    !insertmacro Fail
  ${EndIf}
  StrCpy $Begun "yes"
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  Call PutInOrder
  ${DriveSpace} "$INSTDIR" "/D=F /S=M" $0
  IntOp $1 ${MEGABYTES} + 50
  ${If} $0 < $1
    StrCpy $Why "磁盘空间不够：还要 $1 MB，只剩 $0 MB。请先删去不用的文件。"
    !insertmacro Fail
  ${EndIf}
  StrCpy $Why "文件没有写完，可能是磁盘满了，也可能是杀毒软件拦住了。"
  DetailPrint "正在解压程序的文件……"
  SetDetailsPrint listonly ; thousands of names
  SetOutPath "$INSTDIR\new"
  File /r "${TREE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  SetOutPath "$DOCUMENTS" ; nobody can rename the folder that a program is in
  StrCpy $Why "${BUSY}"
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    StrCpy $R0 "$INSTDIR\app"
    StrCpy $R1 "$INSTDIR\old"
    Call Move
    ${If} ${Errors}
      !insertmacro Fail
    ${EndIf}
  ${EndIf}
  StrCpy $R0 "$INSTDIR\new"
  StrCpy $R1 "$INSTDIR\app"
  Call Move
  ${If} ${Errors}
    !insertmacro Fail
  ${EndIf}
  SetDetailsPrint both
  DetailPrint "正在收尾……"
  SetDetailsPrint none
  RMDir /r "$INSTDIR\old"
  CreateDirectory "${MENU}"
  !insertmacro Shortcut "${MENU}\${APP}.lnk"
  CreateShortCut "${MENU}\卸载${APP}.lnk" "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${KEY}" "Number" "${NUMBER}"
  WriteRegStr HKCU "${UNKEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNKEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNKEY}" "DisplayIcon" "${ICON}"
  WriteRegStr HKCU "${UNKEY}" "Publisher" "${APP}"
  WriteRegStr HKCU "${UNKEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNKEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNKEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNKEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNKEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNKEY}" "EstimatedSize" $0
SectionEnd

Section "桌面快捷方式" DESKTOP
  SetOutPath "$DOCUMENTS"
  !insertmacro Shortcut "$DESKTOP\${APP}.lnk"
SectionEnd

Section "双击台账（.mxdb）和备份（.mxbak）时打开" FILES
  !insertmacro Associate ".mxdb" "Ledger" "应急台账"
  !insertmacro Associate ".mxbak" "Backup" "应急台账的备份"
  !insertmacro TellShell
SectionEnd

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_ICONSTOP|MB_OK "${APP}要装在 64 位的 Windows 10（1809 或更新）或 Windows 11 上。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ReadRegStr $0 HKCU "${KEY}" "InstallDir"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\uninstall.exe"
    StrCpy $INSTDIR $0
    StrCpy $Installed "yes"
  ${EndIf}
  Call RefuseWhileRunning
  ${If} $Installed == "yes"
    ReadRegStr $0 HKCU "${KEY}" "Number"
    ReadRegStr $1 HKCU "${UNKEY}" "DisplayVersion"
    ${VersionCompare} "${NUMBER}" "$0" $2
    ${If} $2 = 2
      MessageBox MB_ICONEXCLAMATION|MB_YESNO|MB_DEFBUTTON2 "这台电脑上装的是更新的 $1，这个安装程序是 ${VERSION}。$\r$\n$\r$\n换回旧版后，新版改过格式的台账可能打不开。$\r$\n$\r$\n还要换回 ${VERSION} 吗？" /SD IDNO IDYES older
      SetErrorLevel 2
      Quit
    ${EndIf}
    older:
    ; What the user took away or left out stays so.
    ${IfNot} ${FileExists} "$DESKTOP\${APP}.lnk"
      !insertmacro UnselectSection ${DESKTOP}
    ${EndIf}
    ReadRegStr $0 HKCU "${CLASSES}\.mxdb" ""
    ${If} $0 != "${ID}.Ledger"
      !insertmacro UnselectSection ${FILES}
    ${EndIf}
  ${EndIf}
FunctionEnd

; Where a file cannot be written NSIS gives up by itself, and calls this when its window is closed.
Function .onInstFailed
  Call TellFailure
FunctionEnd

; ---------------------------------------------------------------- uninstaller
Function un.onInit
  Call un.RefuseWhileRunning
FunctionEnd

Section "Uninstall"
  DetailPrint "正在删除程序的文件……"
  SetDetailsPrint listonly
  SetOutPath "$TEMP"
  Call un.PutInOrder
  ; All of it or nothing: a folder can be renamed only when nobody uses a file in it.
  StrCpy $R0 "$INSTDIR\app"
  StrCpy $R1 "$INSTDIR\old"
  Call un.Move
  ${If} ${Errors}
  ${AndIf} ${FileExists} "$INSTDIR\app\*.*"
    MessageBox MB_ICONSTOP|MB_OK "没有卸载，什么都没有动。$\r$\n$\r$\n${BUSY}$\r$\n$\r$\n请关掉它们，再卸载一次。" /SD IDOK
    SetErrorLevel 2
    Abort "${BUSY}"
  ${EndIf}
  RMDir /r "$INSTDIR\old"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "${MENU}\${APP}.lnk"
  Delete "${MENU}\卸载${APP}.lnk"
  RMDir "${MENU}"
  Delete "$DESKTOP\${APP}.lnk"
  DeleteRegKey HKCU "${UNKEY}"
  DeleteRegKey HKCU "${KEY}"
  !insertmacro Dissociate ".mxdb" "Ledger"
  !insertmacro Dissociate ".mxbak" "Backup"
  !insertmacro TellShell
SectionEnd
