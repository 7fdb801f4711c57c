; What the setup program leaves in Windows itself: shortcuts and kinds of files. Uses the names that installer.nsi defines.
!include Win\COM.nsh
!include Win\Propkey.nsh

; A shortcut with the identity of the program's windows: the taskbar puts them together and can pin them.
!macro Shortcut path
  CreateShortCut "${path}" "${PROGRAM}" "-m mingxi_desktop" "${ICON}" 0
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
    ${If} $1 P<> 0
    ${AndIf} $2 P<> 0
      ${IPersistFile::Load} $1 '("${path}",${STGM_READWRITE})'
      System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
      System::Call '*(&w40 "${MODEL}")p.r4'
      System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,p r4)p.r5'
      ${IPropertyStore::SetValue} $2 '($3,$5).r6'
      ${If} $6 = 0
        ${IPropertyStore::Commit} $2 ""
        ${IPersistFile::Save} $1 '("${path}",1)'
      ${EndIf}
      System::Free $3
      System::Free $4
      System::Free $5
    ${EndIf}
    !insertmacro ComHlpr_SafeRelease $2
    !insertmacro ComHlpr_SafeRelease $1
    !insertmacro ComHlpr_SafeRelease $0
  ${EndIf}
!macroend

; Files with this ending open with the program.
!macro Associate ending class name
  WriteRegStr HKCU "${CLASSES}\${ending}" "" "${ID}.${class}"
  WriteRegStr HKCU "${CLASSES}\${ID}.${class}" "" "${name}"
  WriteRegStr HKCU "${CLASSES}\${ID}.${class}" "AppUserModelID" "${MODEL}"
  WriteRegStr HKCU "${CLASSES}\${ID}.${class}\DefaultIcon" "" "${ICON},0"
  WriteRegStr HKCU "${CLASSES}\${ID}.${class}\shell\open" "FriendlyAppName" "${APP}"
  WriteRegStr HKCU "${CLASSES}\${ID}.${class}\shell\open\command" "" '"${PROGRAM}" -m mingxi_desktop --db "%1"'
!macroend

!macro Dissociate ending class
  DeleteRegKey HKCU "${CLASSES}\${ID}.${class}"
  ReadRegStr $0 HKCU "${CLASSES}\${ending}" ""
  ${If} $0 == "${ID}.${class}"
    DeleteRegValue HKCU "${CLASSES}\${ending}" ""
    DeleteRegKey /ifempty HKCU "${CLASSES}\${ending}"
  ${EndIf}
!macroend

!macro TellShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend
