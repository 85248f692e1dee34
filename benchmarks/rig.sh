# What load.sh, bystanders.sh and nodes.sh share; they source it. A script sets `directory` (where results go) and defines `usage`.

cpus=0:1
build=true
awake=false
modules=benchmarks
given=()

# Takes the options that concern the rig; all others go to the program, in `given`.
parse() {
  while (($#)); do
    case $1 in
      -h | --help) usage; exit 0 ;;
      --cpus) cpus=${2:?--cpus: nothing (expected: G:L | none)}; shift ;;
      --no-build) build=false ;;
      --awake) awake=true ;;
      --directory) directory=$(realpath -m "${2:?--directory: nothing (expected: a path)}"); shift ;;
      *) given+=("$1") ;;
    esac
    shift
  done
}

build() {
  $build || return 0
  ./mvnw -q -B -ntp -Pfast -pl $modules -am package
  if [[ -x infermux ]]; then
    ./infermux --version >&2 # builds what it misses now, not while its start is timed
  fi
}

# Keeps each CPU from halting while this process lives: below all others, a loop gets what nobody wants. A halted CPU of a
# virtual machine comes back late, which is most of what a rare call waits for. They are no children of the rig, which
# counts the time of those.
keep_awake() {
  local cpu cpus_here
  cpus_here=$(nproc)
  command -v chrt >/dev/null && command -v taskset >/dev/null || { echo "chrt, taskset: not found; CPUs may halt" >&2; return 0; }
  for ((cpu = 0; cpu < cpus_here; cpu++)); do
    (nice -n 19 chrt -i 0 taskset -c "$cpu" bash -c \
      'while kill -0 "$1" 2>/dev/null; do for ((i = 0; i < 100000; i++)); do :; done; done' awake $$ >/dev/null 2>&1 &)
  done
}

# Becomes the program of the class $1, with the JVM flags that follow; it ends what it started itself, also when it is
# interrupted.
run() {
  local class=$1 pin=()
  shift
  ulimit -n "$(ulimit -Hn)"
  if [[ $cpus != none ]] && ! command -v taskset >/dev/null; then
    echo "taskset: not found; nothing is pinned" >&2
    cpus=none
  elif [[ $cpus != none && $(nproc) -lt 2 ]]; then
    echo "one CPU only; nothing is pinned" >&2
    cpus=none
  fi
  if [[ $cpus != none ]]; then
    pin=(taskset -c "${cpus#*:}")
    given+=(--gateway-cpus "${cpus%%:*}")
  fi
  if $awake; then keep_awake; fi
  exec "${pin[@]}" "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xms256m -Xmx1g -XX:+UseSerialGC "$@" \
    -cp "${BENCHMARKS_CLASSPATH:-benchmarks/target/classes:benchmarks/target/lib/*}" \
    "dev.infermux.benchmarks.run.$class" "${given[@]}" --directory "$directory"
}
