@echo off
rem Starts the porthole command; builds it first if there is no jar.
setlocal
set "HOME_DIR=%~dp0"
set "JAR=%HOME_DIR%client\target\porthole.jar"
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo porthole: there is no Java here. Install JDK 17 or newer, or set JAVA_HOME. 1>&2
  exit /b 1
)
if not exist "%JAR%" (
  echo porthole: building, once ... 1>&2
  pushd "%HOME_DIR%"
  call mvn -q -Dquick -pl client -am package 1>&2
  popd
)
if not exist "%JAR%" (
  echo porthole: the build failed; see above. 1>&2
  exit /b 1
)
"%JAVA%" -Xshare:auto -jar "%JAR%" %*
exit /b %ERRORLEVEL%
