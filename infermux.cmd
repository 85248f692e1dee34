@echo off
rem Starts InferMux on Windows, as the script infermux does elsewhere: in a checkout it builds the jar when that is
rem missing, with a JDK 17 or newer. Delete infermux-verticles\target to have it built anew.
rem
rem   JAVA_HOME            the JDK to use; without it the java on PATH
rem   INFERMUX_JAVA_OPTS   more JVM flags; they come last and so win over the ones below
setlocal
set "HOME_DIR=%~dp0"
set "JAR=%HOME_DIR%infermux-verticles\target\infermux.jar"
if exist "%HOME_DIR%..\lib\infermux.jar" set "JAR=%HOME_DIR%..\lib\infermux.jar"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if exist "%HOME_DIR%..\runtime\bin\java.exe" set "JAVA=%HOME_DIR%..\runtime\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo infermux: no JDK 17 or newer found. Install one, or set JAVA_HOME to it. 1>&2
  exit /b 1
)

if not exist "%JAR%" (
  echo infermux: building the jar, the first time this takes a minute or two and fetches libraries ... 1>&2
  pushd "%HOME_DIR%"
  call mvnw.cmd -B -ntp -P fast package -pl infermux-verticles,infermux-cluster -am 1>&2
  if errorlevel 1 (
    popd
    echo infermux: the build failed; its messages are above. 1>&2
    exit /b 1
  )
  popd
)

set "SHARE="
set "ARCHIVE=%JAR:~0,-4%"
if exist "%ARCHIVE%.jsa" set SHARE="-XX:SharedArchiveFile=%ARCHIVE%.jsa"
if exist "%ARCHIVE%.aot" set SHARE="-XX:AOTCache=%ARCHIVE%.aot" -XX:CompileThresholdScaling=4 -XX:+UseCompactObjectHeaders

rem A second collector would be refused, so ours goes when the caller names one. docs/benchmarks.md has what each costs.
set "ASKED=%JAVA_TOOL_OPTIONS% %JDK_JAVA_OPTIONS% %INFERMUX_JAVA_OPTS% "
set /a CPUS=1
if defined NUMBER_OF_PROCESSORS set /a CPUS=%NUMBER_OF_PROCESSORS%
set "COLLECTOR=-XX:+UseSerialGC"
if %CPUS% GEQ 4 set "COLLECTOR=-XX:+UseParallelGC"
echo "%ASKED%" | findstr /r /c:"-XX:[+-]Use[A-Za-z0-9]*GC " >nul && set "COLLECTOR="

rem The heap: as the caller says, else 512 MB, and more with many CPUs.
set /a YOUNG=CPUS * 32
if %YOUNG% LSS 128 set /a YOUNG=128
if %YOUNG% GTR 1024 set /a YOUNG=1024
set /a FIRST=YOUNG * 2 + 64
set /a MOST=YOUNG * 4
set "SURVIVORS="
if "%COLLECTOR%"=="-XX:+UseSerialGC" (
  set /a YOUNG=YOUNG * 5 / 4
  set /a FIRST=FIRST + 64
  set "SURVIVORS=-XX:SurvivorRatio=6 -XX:TargetSurvivorRatio=90 -XX:MaxTenuringThreshold=3"
)
set "HEAP=-Xms%FIRST%m -Xmn%YOUNG%m %SURVIVORS% -Xmx%MOST%m"
echo "%ASKED%" | findstr /r /c:"-Xmx" /c:"MaxHeapSize=" /c:"MaxRAM=" /c:"RAMPercentage=" >nul && set "HEAP="

"%JAVA%" %COLLECTOR% %HEAP% -Xss512k -XX:MetaspaceSize=96m %SHARE% -Xlog:disable -XX:-UsePerfData ^
  -Dfile.encoding=UTF-8 %INFERMUX_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
