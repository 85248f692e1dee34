#!/usr/bin/env bash
# Makes packages that need no JDK: infermux-VERSION-linux-ARCH.tar.gz and infermux_VERSION_ARCH.deb.
#
#   deploy/package.sh [tar] [deb] [folder]   tar and deb without arguments; the results lie in deploy/target
#
#   JAVA_HOME          the JDK whose trimmed runtime goes along; 25 or newer is meant, with an older one the start
#                      takes longer
#   INFERMUX_JAR       a jar that is built already; without it the one of the checkout, built when it is stale
#   INFERMUX_CLUSTER_JAR  the same of what several nodes need
#   INFERMUX_TRAINING  how many seconds of load the runtime learns from with a JDK 25 or newer (30)
#   SOURCE_DATE_EPOCH  the time that all files carry; without it that of the last commit
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
out=$root/deploy/target
kinds=("${@:-tar}")
[ $# -gt 0 ] || kinds=(tar deb)
for kind in "${kinds[@]}"; do
  case $kind in tar | deb | folder) ;; *) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 1 ;; esac
done

say() { printf 'package: %s\n' "$*" >&2; }
made_is() { say "${1#"$PWD"/} ($(du -h "$1" | cut -f1))"; } # as it can be typed here
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
[ -x "$java_home/bin/jlink" ] || { say "no jlink in $java_home: set JAVA_HOME to a JDK"; exit 1; }
feature=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java_home/release")
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2> /dev/null || date +%s)}

jar=${INFERMUX_JAR:-$root/infermux-verticles/target/infermux.jar}
cluster=${INFERMUX_CLUSTER_JAR:-$root/infermux-cluster/target/infermux-cluster.jar}
[ -n "${INFERMUX_JAR-}" ] || JAVA_HOME=$java_home "$root/infermux" --version > /dev/null
version=$("$java_home/bin/java" -jar "$jar" --version | sed 's/^infermux //')
arch=$(uname -m) deb_arch=$(uname -m)
case $arch in
  x86_64) arch=x64 deb_arch=amd64 ;;
  aarch64) deb_arch=arm64 ;;
esac

# What the jar uses; what is only looked up by name: DNS by JNDI, elliptic curves, zipped resources, dumps; and what a
# verticle of the user's own (serve --deploy) is likely to need: JDBC and the JDK's HTTP client.
modules=java.base,java.instrument,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
modules+=,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.unsupported,jdk.zipfs

# Makes the program's folder once: bin, lib, runtime. The archive of class data fits this jar with the time and size
# that it has now, at whatever place: tar and dpkg keep both.
made=$out/program
make_program() {
  rm -rf "$made"
  mkdir -p "$made/bin" "$made/lib"
  install -m 755 "$root/infermux" "$made/bin/infermux"
  install -m 644 "$jar" "$made/lib/infermux.jar"
  [ ! -f "$cluster" ] || install -m 644 "$cluster" "$made/lib/infermux-cluster.jar"
  touch -d "@$epoch" "$made"/lib/*.jar
  "$java_home/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --generate-cds-archive --output "$made/runtime" > /dev/null
  rehearse "$made/lib"
}

# Has the runtime play a start and calls of all kinds, and keeps what it knows then. An AOT cache keeps what it learnt
# of methods, too, so there it plays load: its log has a line for each call.
rehearse() {
  local lib=$1 java=$made/runtime/bin/java load=0
  local keep=(-XX:ArchiveClassesAtExit="$1/infermux.jsa")
  if [ "$feature" -ge 25 ]; then
    # The cache fits objects only as the start script has them.
    keep=(-XX:AOTCacheOutput="$lib/infermux.aot" -XX:+UseCompactObjectHeaders) load=${INFERMUX_TRAINING:-30}
    say "trains the runtime for $load s"
  fi
  "$java" "${keep[@]}" -XX:+UseSerialGC -Xlog:disable -cp "$lib/infermux.jar" dev.infermux.cli.CdsTraining "$load" 2>&1 \
    | tail -n 100 > "$out/rehearsal.log" || { cat "$out/rehearsal.log" >&2; exit 1; }
}

# Documentation, an example, completions and the man page, below a prefix such as usr.
shared() {
  local share=$1 program=$2 shell page
  local doc=$share/doc/infermux
  mkdir -p "$doc" "$share/man/man1"
  install -m 644 "$root/README.md" "$root/CHANGELOG.md" "$root/SECURITY.md" "$root/docs/infermux.example.yml" \
    "$root/docs/infermux.schema.json" "$doc/"
  while IFS= read -r page; do
    install -D -m 644 "$root/$page" "$doc/$page"
  done < <(cd "$root" && find docs -type f -not -path '*/target/*')
  mkdir -p "$doc/prometheus" "$doc/grafana"
  install -m 644 "$root"/deploy/prometheus/*.yml "$doc/prometheus/"
  install -m 644 "$root/docs/grafana/infermux.json" "$doc/grafana/"
  "$program" man 2> /dev/null > "$share/man/man1/infermux.1" || rm -f "$share/man/man1/infermux.1"
  for shell in bash:bash-completion/completions/infermux zsh:zsh/vendor-completions/_infermux \
    fish:fish/vendor_completions.d/infermux.fish; do
    mkdir -p "$share/$(dirname "${shell#*:}")"
    "$program" completion "${shell%%:*}" 2> /dev/null > "$share/${shell#*:}" || rm -f "$share/${shell#*:}"
  done
  find "$share" -type d -empty -delete
}

make_tar() {
  local name=infermux-$version-linux-$arch
  local home=$out/$name
  rm -rf "$home"
  cp -a "$made" "$home"
  shared "$home/share" "$home/bin/infermux"
  mkdir -p "$home/etc" "$home/systemd"
  install -m 644 "$root/deploy/debian/infermux.yml" "$home/etc/infermux.yml"
  install -m 644 "$root/deploy/systemd/infermux.service" "$home/systemd/"
  install -m 644 "$root/LICENSE" "$home/"
  find "$home" -newermt "@$epoch" -exec touch -h -d "@$epoch" {} +
  tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner -cf - "$name" | gzip -6n > "$out/$name.tar.gz"
  rm -rf "$home"
  made_is "$out/$name.tar.gz"
}

# For images: the program as it is.
make_folder() {
  rm -rf "$out/infermux"
  cp -a "$made" "$out/infermux"
  say "${out#"$PWD"/}/infermux"
}

# What the runtime takes from the system: a JDK of Debian's own takes more of it, and of a newer one, than others.
libraries() {
  local found
  found=$(find "$made/runtime" -type f \( -name '*.so' -o -path '*/bin/*' \) \
    -exec grep -aohE 'GLIBC_2\.[0-9]+|lib(z\.so\.1|stdc\+\+\.so\.6|gcc_s\.so\.1)' {} + | sort -uV || true)
  sed -n 's/^GLIBC_\(.*\)/libc6 (>= \1)/p' <<< "$found" | tail -n 1
  sed -n 's/^libz.*/zlib1g/p; s/^libstdc.*/libstdc++6/p; s/^libgcc_s.*/libgcc-s1/p' <<< "$found"
}

make_deb() {
  local tree=$out/deb
  local home=$tree/usr/lib/infermux doc=$tree/usr/share/doc/infermux
  rm -rf "$tree"
  mkdir -p "$tree/usr/lib"
  cp -a "$made" "$home"
  shared "$tree/usr/share" "$home/bin/infermux"
  mkdir -p "$tree/usr/bin" "$tree/DEBIAN"
  ln -s ../lib/infermux/bin/infermux "$tree/usr/bin/infermux"
  install -D -m 644 "$root/deploy/debian/infermux.yml" "$tree/etc/infermux/infermux.yml"
  install -D -m 600 "$root/deploy/debian/environment" "$tree/etc/infermux/environment"
  install -D -m 644 "$root/deploy/systemd/infermux.service" "$tree/usr/lib/systemd/system/infermux.service"
  install -m 644 "$root/LICENSE" "$doc/copyright"
  gzip -9n "$doc/CHANGELOG.md"
  find "$tree/usr/share/man" -type f -exec gzip -9n {} + 2> /dev/null || true
  sed -e "s/@VERSION@/$version/; s/@ARCH@/$deb_arch/; s/@SIZE@/$(du -sk "$tree" | cut -f1)/" \
    -e "s/@LIBRARIES@/$(libraries | paste -sd, | sed 's/,/, /g')/" \
    "$root/deploy/debian/control" > "$tree/DEBIAN/control"
  install -m 755 "$root"/deploy/debian/{postinst,prerm,postrm} "$tree/DEBIAN/"
  printf '%s\n' /etc/infermux/infermux.yml /etc/infermux/environment > "$tree/DEBIAN/conffiles"
  (cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
  find "$tree" -newermt "@$epoch" -exec touch -h -d "@$epoch" {} +
  local package=$out/infermux_${version}_$deb_arch.deb
  SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zxz -z1 --build "$tree" "$package" > /dev/null
  rm -rf "$tree"
  made_is "$package"
}

mkdir -p "$out"
make_program
for kind in "${kinds[@]}"; do
  "make_$kind"
done
rm -rf "$made"
