#!/bin/sh
# Pantau's agent for routers that can run a shell: POSIX sh, busybox applets, and one of curl, wget or uclient-fetch.
# It measures the router itself, its interfaces and the ways to its LAN and WAN targets, and reports to the collector.
# The settings hold the router's own secret token: keep this file readable by root only.
# --- settings, filled in by the collector ---
URL=''
TOKEN=''
INTERVAL_SECONDS=60
BATCHES_PER_MINUTE=30
TARGETS=''
WAN_INTERFACES=''
SPOOL=''
SPOOL_MAX_BYTES=1048576
CERTIFICATE=''
# --- end of the settings ---
usage() {
  cat <<'TEXT'
Usage: pantau-router.sh run | once | --init-script | --help

  run            measure and report at every interval until it is stopped (TERM or INT)
  once           measure and report once, for cron; exit code 0 when the collector has it
  --init-script  print an init script for procd (OpenWrt): save it as /etc/init.d/pantau-router, make it executable,
                 then "/etc/init.d/pantau-router enable" and "/etc/init.d/pantau-router start"

"pantau-collector token router" fills in the settings at the top of this file. Reports that cannot be sent wait in the
spool, in memory unless SPOOL names a folder on flash; a full one drops the oldest and counts them. $PANTAU_WORK is the
folder of running state, /var/run/pantau-router when absent. https needs curl, GNU wget or uclient-fetch (with a host name):
the wget of busybox serves http only. With these last two the token shows in `ps` meanwhile. Exit: 0 ok, 1 failure, 2 usage.
TEXT
}
say() { printf 'pantau-router: %s\n' "$*" | tr -cd '\n\040-\176' >&2; }
die() { say "$@"; exit 1; }
# A problem is said when it begins or changes: a night without a link is not a thousand lines.
problem() { [ "$1" = "$last_problem" ] || say "$1"; last_problem=$1; }
# The first line of a file of the kernel, in $value; false when there is none.
look() { value=''; { read -r value <"$1"; } 2>/dev/null; [ -n "$value" ]; }
uptime_seconds() { look /proc/uptime; value=${value%% *} now=${value%%.*}; }
random_below() { look /proc/sys/kernel/random/uuid; value=$((0x${value%%-*} % $1)); }
# A text as it stands between quotation marks in JSON, cut to $2 bytes; what is not printable ASCII becomes "?".
clean() { printf "%.$2s" "$1" | tr -c '\040-\176' '?' | sed 's/["\\]/\\&/g'; }
# Counters have 64 bits, exact numbers in JSON 53: the low 53 bits stand for the counter, in $value.
counter() { value=$1; [ ${#1} -lt 16 ] || value=$(($1 & 9007199254740991)); }
nap() { if [ -z "$stopping" ] && [ "$1" -gt 0 ]; then sleep "$1" & child=$!; wait "$child"; child=''; fi; }
# Boot, processor and memory. Steal is busy time, iowait is idle time, guest time is part of user time. Kernels before
# 3.14 have no MemAvailable: free memory and caches stand in for it.
read_machine() {
  awk -v before="$cpu_before" '
    $1 == "cpu" { for (i = 2; i <= 9; i++) total += $i; busy = total - $5 - $6 }
    /^cpu[0-9]/ { count++ }
    $1 == "btime" { boot = $2 }
    $4 ~ /^[0-9]+\/[0-9]+$/ { load = sprintf("\"load1\":%s,\"load5\":%s,\"load15\":%s", $1, $2, $3) }
    $3 == "kB" { size[$1] = $2 * 1024 }
    END {
      if (split(before, b, " ") == 2 && total > b[2]) ratio = (busy - b[1]) / (total - b[2])
      if (ratio != "") used = sprintf("\"busyRatio\":%.4f,", ratio < 0 ? 0 : ratio > 1 ? 1 : ratio)
      free = "MemAvailable:" in size ? size["MemAvailable:"] : size["MemFree:"] + size["Buffers:"] + size["Cached:"]
      printf "%.0f %.0f\n%s\n{\"count\":%d,%s%s}\n", busy, total, boot, count, used, load
      printf "{\"sizeBytes\":%.0f,\"availableBytes\":%.0f,", size["MemTotal:"], free
      printf "\"swapSizeBytes\":%.0f,\"swapFreeBytes\":%.0f}\n", size["SwapTotal:"], size["SwapFree:"]
    }' /proc/stat /proc/loadavg /proc/meminfo >"$WORK/rows"
  { read -r cpu_before && read -r boot_seconds && read -r cpu && read -r memory; } <"$WORK/rows"
  booted_at=$(date -u -d "@$boot_seconds" +%Y-%m-%dT%H:%M:%SZ)
  look /proc/sys/kernel/random/boot_id && boot_id=${value%%-*} && uptime_seconds
  host="{\"bootId\":\"$boot_id\",\"bootedAt\":\"$booted_at\",\"uptimeSeconds\":$value}"
}
# One interface for $interfaces, as every agent tells them, and for $rows, the router's reading of itself.
# Arguments: its name and the columns of /proc/net/dev.
add_interface() {
  folder=/sys/class/net/$1 named=$1 up=false enabled=true speed='' alias=''
  case $1 in *[!A-Za-z0-9_.@-]*) named=$(clean "$1" 64) ;; esac
  # Drivers without link detection (tun, ppp) say "unknown"; then the carrier decides.
  look "$folder/operstate"
  case ${value:-unknown} in up) up=true ;; unknown) ! look "$folder/carrier" || [ "$value" != 1 ] || up=true ;; esac
  if look "$folder/speed" && [ ${#value} -lt 10 ] && [ "$value" -gt 0 ]; then speed=",\"speedBitsPerSecond\":${value}000000"; fi
  if look "$folder/ifalias"; then alias=",\"alias\":\"$(clean "$value" 128)\""; fi
  if look "$folder/flags" && [ $((value & 1)) = 0 ]; then enabled=false; fi
  look "$folder/ifindex" || value=0
  # An interface that was made anew, and each boot, begins to count anew.
  epoch=$((0x${boot_id%?} * 16777216 + value % 16777216))
  counter "$2"; received=$value bytes="\"receiveBytes\":$value"
  counter "${10}"; bytes="$bytes,\"transmitBytes\":$value,\"receiveErrors\":$4,\"transmitErrors\":${12}"
  interfaces="$interfaces${interfaces:+,}{\"name\":\"$named\",\"up\":$up,$bytes$speed}"
  case " $WAN_INTERFACES " in *" $1 "*) add_growth "$1" "$value" ;; *) growth='' ;; esac
  rows="$rows${rows:+,}{\"name\":\"$named\"$alias,\"up\":$up,\"enabled\":$enabled$speed,$bytes$growth"
  rows="$rows,\"receiveDiscards\":$5,\"transmitDiscards\":${13},\"counterBits\":64,\"epoch\":$epoch}"
}
# What an interface towards the WAN grew by since the reading before; nothing when it has begun to count anew.
add_growth() {
  growth=',"isWan":true' epoch_before=''
  [ ! -s "$WORK/wan.$1" ] || read -r taken_before received_before sent_before epoch_before <"$WORK/wan.$1"
  if [ "$epoch" = "$epoch_before" ] && [ "$received" -ge "$received_before" ] && [ "$2" -ge "$sent_before" ]; then
    growth="$growth,\"receiveGrowthBytes\":$((received - received_before)),\"transmitGrowthBytes\":$(($2 - sent_before))"
    previous=",\"previousTakenAt\":\"$taken_before\""
  fi
  echo "$taken_at $received $2 $epoch" >"$WORK/wan.$1"
}
# Ends of containers, and the tunnels that kernel modules bring along, carry no traffic of their own.
read_interfaces() {
  interfaces='' rows='' count=0 previous=''
  tail -n +3 /proc/net/dev >"$WORK/rows"
  while read -r line; do
    case ${line%%:*} in
      lo | veth* | docker* | virbr* | ifb[0-9]* | dummy* | tunl0 | sit0 | gre0 | gretap0 | erspan0 | ip6tnl0 | ip6gre0 | ip*_vti0) continue ;;
    esac
    # shellcheck disable=SC2086 # columns are to be split, and no pattern is expanded (set -f)
    [ $((count += 1)) -gt 128 ] || add_interface "${line%%:*}" ${line#*:}
  done <"$WORK/rows"
}
# How the router is connected.
read_network() {
  gateways=$({ ip -4 route show default; ip -6 route show default; } 2>/dev/null | awk '
    { for (i = 1; i < NF; i++) word[NR, $i] = $(i + 1); via = word[NR, "via"]; dev = word[NR, "dev"] }
    via != "" && dev ~ /^[A-Za-z0-9_.@:-]+$/ && ++n <= 8 {
      printf "%s{\"address\":\"%s\",\"interface\":\"%s\",\"metric\":%d}", (n > 1 ? "," : ""), via, dev, word[NR, "metric"] }')
  addresses=$(ip -o addr show 2>/dev/null | awk '
    $3 ~ /^inet6?$/ && $4 !~ /^(127\.|::1\/|fe80:)/ && $2 ~ /^[A-Za-z0-9_.@:-]+$/ && ++n <= 32 {
      printf "%s{\"interface\":\"%s\",\"cidr\":\"%s\"}", (n > 1 ? "," : ""), $2, $4 }')
  source=$(ip -o route get "$collector" 2>/dev/null | sed -n 's/.* src \([0-9a-fA-F.:]*\).*/\1/p')
  network="{\"gateways\":[$gateways],\"addresses\":[$addresses]${source:+,\"sourceAddress\":\"$source\"}}"
}
# Pings one target (layer, name, host) and adds its row to the others. An older busybox takes whole seconds only.
probe() {
  sent=5 output=$(ping -c 5 -W 2 -i 0.2 "$3" 2>&1)
  case $output in *[Ii]nvalid*) output=$(ping -c 5 -W 2 "$3" 2>&1) ;; esac
  received=$(printf '%s\n' "$output" | sed -n 's/.* transmitted, \([0-9]*\) .*/\1/p')
  mean=$(printf '%s\n' "$output" | sed -n 's/^r[a-z-]* min.* = [0-9.]*\/\([0-9.]*\)\/.*/,"roundTripSeconds":\1e-3/p')
  case $received,$output in
    0,*) state='down","reason":"no-answer' ;;
    [1-9]*) state=up ;;
    *nreachable* | *"No route"*) state='down","reason":"unreachable' ;;
    *"bad address"* | *"not known"* | *"name resolution"*) state='down","reason":"name-not-resolved' ;;
    *) state='unknown","reason":"ping-unavailable' sent=0 ;;
  esac
  row="{\"name\":\"$2\",\"kind\":\"icmp\",\"layer\":\"$1\",\"target\":\"$3\",\"state\":\"$state\",\"sentCount\":$sent"
  printf '%s,"receivedCount":%d%s}\n' "$row" "${received:-0}" "$mean" >>"$WORK/rows"
}
# All targets are pinged side by side.
read_probes() {
  pids='' && : >"$WORK/rows"
  while read -r layer name target; do
    if [ -n "$target" ]; then probe "$layer" "$name" "$target" & pids="$pids $!"; fi
  done <<TEXT
$(printf '%s\n' "$TARGETS" | tr ';' '\n')
TEXT
  # shellcheck disable=SC2086 # several numbers
  [ -z "$pids" ] || wait $pids
  probes=$(tr '\n' ',' <"$WORK/rows")
}
# The whole report, one line in $report.
measure() {
  uptime_seconds && began=$value taken_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  read_machine; read_interfaces; read_network
  look /proc/sys/kernel/hostname; system="\"name\":\"$(clean "${value:-router}" 64)\""
  look /proc/sys/kernel/osrelease && system="$system,\"version\":\"$(clean "$value" 64)\""
  uptime_seconds
  router="{\"address\":\"${source:-$collector}\",\"reader\":\"shell\",\"state\":\"up\",\"takenAt\":\"$taken_at\"$previous,\"uptimeSeconds\":$began"
  router="$router,\"durationSeconds\":$((now - ${began%%.*})),\"bootedAt\":\"$booted_at\",\"system\":{$system},\"interfaces\":[$rows]"
  [ $count -le 128 ] || router="$router,\"droppedInterfaceCount\":$((count - 128))"
  read_probes; seq=$((seq + 1))
  report="{\"session\":\"$session\",\"seq\":$seq,\"takenAt\":\"$taken_at\",\"intervalSeconds\":$INTERVAL_SECONDS,\"host\":$host,\"cpu\":$cpu"
  report="$report,\"memory\":$memory,\"interfaces\":[$interfaces],\"probes\":[${probes%,}],\"network\":$network,\"routers\":[$router}]"
  report="$report,\"spool\":{\"queuedCount\":$queued,\"droppedCount\":$dropped}}"
}
# The spool is one file of reports, one a line, of which the first $sent are with the collector already.
pack() { if [ -n "$gzip" ]; then gzip -c; else cat; fi; }
unpack() { if [ -n "$gzip" ]; then zcat "$SPOOL/reports"; else cat "$SPOOL/reports"; fi 2>/dev/null; }
note() { echo "$sent $dropped" >"$SPOOL/counts"; }
# Leaves the first $1 lines out. What a power cut left half written is no report.
rewrite() {
  unpack | tail -n +$(($1 + 1)) | grep '^{"session".*}}$' | pack >"$SPOOL/new"
  mv "$SPOOL/new" "$SPOOL/reports" && sent=0; queued=$(($(unpack | wc -l))) && note
}
# Keeps a report; when half of the room is taken the oldest go, because the file is then written anew beside itself.
keep() {
  if printf '%s\n' "$1" | pack >>"$SPOOL/reports"; then queued=$((queued + 1)); else dropped=$((dropped + 1)); fi
  [ "$(wc -c <"$SPOOL/reports")" -gt $((SPOOL_MAX_BYTES / 2)) ] || return; say "the spool is full: the oldest reports are dropped"
  before=$queued && rewrite $((sent + (queued + 3) / 4))
  dropped=$((dropped + before - queued)) && note
}
# Finds the program that sends, and writes what it must be told where ps does not show it.
choose_client() {
  address=$URL/api/v1/router-reports header="Authorization: Bearer $TOKEN" packed='Content-Encoding: gzip' gzip=$(command -v gzip)
  [ -z "$CERTIFICATE" ] || printf '%s\n' "$CERTIFICATE" | tr '|' '\n' >"$WORK/ca.pem"
  if command -v curl >/dev/null; then client=curl
    printf '%s\n' "url=$address" "header=\"$header\"" "data-binary=\"@$WORK/body\"" "output=$WORK/answer" "dump-header=$WORK/head" \
      max-time=30 ${gzip:+"header=\"$packed\""} ${CERTIFICATE:+"cacert=$WORK/ca.pem"} >"$WORK/rc"
  elif wget --version 2>/dev/null | grep -q 'GNU Wget'; then client=wget
    printf '%s\n' "header=$header" "post_file=$WORK/body" timeout=30 tries=1 content_on_error=on server_response=on \
      ${gzip:+"header=$packed"} ${CERTIFICATE:+"ca_certificate=$WORK/ca.pem"} >"$WORK/rc"
  elif command -v uclient-fetch >/dev/null; then client=uclient
  elif command -v wget >/dev/null; then client=busybox
    case $URL in https:*) die "the wget of busybox cannot check a certificate: install curl, or use an http address" ;; esac
  else die "curl, wget or uclient-fetch is needed to send reports"
  fi
}
# Sends $WORK/body: true when the collector has it, else $status, $retry_after and $detail say what it answered.
post() {
  rm -f "$WORK/head" "$WORK/answer"; case $client in
    curl) exec curl -sS -K "$WORK/rc" ;;
    wget) WGETRC=$WORK/rc exec wget -o "$WORK/head" -O "$WORK/answer" "$address" ;;
    uclient) exec uclient-fetch -T 30 ${CERTIFICATE:+"--ca-certificate=$WORK/ca.pem"} --header="$header" --post-file="$WORK/body" -O "$WORK/answer" "$address" ;;
    busybox) exec wget -q --header "$header" --post-file "$WORK/body" -O "$WORK/answer" "$address" ;;
  esac >/dev/null 2>"$WORK/error" &
  child=$! patience=30
  # The wget of busybox may have no time limit of its own.
  while [ $client = busybox ] && [ $patience -gt 0 ] && kill -0 "$child" 2>/dev/null; do sleep 1; patience=$((patience - 1)); done
  [ $patience -gt 0 ] || kill "$child"
  wait "$child"; child=''; grep -q '"acked":' "$WORK/answer" 2>/dev/null && return
  cat "$WORK/head" "$WORK/error" >"$WORK/rows" 2>/dev/null
  status=$(sed -n 's/.*HTTP\/[0-9.]* \([0-9][0-9][0-9]\).*/\1/p; s/.*HTTP error \([0-9][0-9][0-9]\).*/\1/p' "$WORK/rows" | tail -n 1)
  retry_after=$(sed -n 's/^ *[Rr]etry-[Aa]fter: \([0-9]\{1,4\}\).*/\1/p' "$WORK/rows" | tail -n 1)
  detail=$(sed -n "s/\\\\\"/'/g; s/.*\"detail\":\"\([^\"]*\)\".*/\1/p" "$WORK/answer" 2>/dev/null)
  detail=${detail:-${status:+HTTP status $status}}
  detail=${detail:-$(grep -i 'curl:\|wget:\|error\|failed\|refused\|certificate' "$WORK/rows" | sed -n 1p)}
  return 1
}
# Sends a file of reports: 0 they are on the collector's disk, 1 try again later, 2 refused for good.
send() {
  uptime_seconds
  { printf '{"schema":"pantau.report/1","agent":"%s","sentAt":"%s","bootId":"%s","uptimeSeconds":%s,"reports":[' "${TOKEN%%.*}" \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$boot_id" "$value" && sed '$!s/$/,/' "$1" && printf ']}'; } >"$WORK/plain"
  case $client in curl | wget) pack ;; *) cat ;; esac <"$WORK/plain" >"$WORK/body"
  if post; then [ -z "$last_problem" ] || say "the collector takes reports again"; last_problem=''; return; fi
  [ -z "$stopping" ] || return 1
  # Only the collector's own word refuses for good: a proxy that answers 400 to everything must not cost the history.
  case $status,$(cat "$WORK/answer" 2>/dev/null) in
    401,* | 403,*) problem "the collector does not accept this router: $detail"; retry_after=300 ;;
    422,* | 4[01][035],*urn:pantau:problem*) say "the collector refused a report: $detail"; return 2 ;;
    *) problem "reports wait in the spool: $detail" ;;
  esac
  wait_until=$((now + ${retry_after:-0}))
  return 1
}
# History after the newest state, the oldest first: one batch, and more until the next round is due.
drain() {
  while [ "$queued" -gt 0 ]; do
    random_below 3; nap $((60 * (2 + value) / 3 / BATCHES_PER_MINUTE))
    [ -z "$stopping" ] || return
    unpack | awk "NR > $sent { n++; bytes += length(\$0); if (n > 1 && (n > $batch || bytes > 131072)) exit; print }" >"$WORK/lines"
    taken=$(($(wc -l <"$WORK/lines")))
    [ $taken -gt 0 ] && send "$WORK/lines"
    # Of a batch that is refused each report is sent alone, so that only the bad one is lost.
    case $?,$taken in
      0,*) batch=$((batch * 2 > 20 ? 20 : batch * 2)) ;;
      2,1) dropped=$((dropped + 1)) ;;
      2,*) batch=1; continue ;;
      *,0) taken=$queued dropped=$((dropped + queued)) ;;
      *) return ;;
    esac
    sent=$((sent + taken)) queued=$((queued - taken))
    [ $queued -gt 0 ] || { rm -f "$SPOOL/reports"; sent=0; }
    note; uptime_seconds; [ "$now" -lt $next_round ] || return
  done
}
round() {
  uptime_seconds; next_round=$((now + INTERVAL_SECONDS)); measure; uptime_seconds
  printf '%s\n' "$report" >"$WORK/lines"
  if [ "$now" -ge $wait_until ] && [ -z "$stopping" ]; then send "$WORK/lines"; else false; fi
  case $? in
    0) drain; return 0 ;;
    2) dropped=$((dropped + 1)); note; return 1 ;;
    *) keep "$report"; return 1 ;;
  esac
}
start() {
  set -fu; umask 077; export LC_ALL=C
  [ -n "$TOKEN" ] || die 'the settings are not filled in: get this file with "pantau-collector token router"'
  WORK=${PANTAU_WORK:-/var/run/pantau-router} && SPOOL=${SPOOL:-$WORK/spool}
  mkdir -p "$WORK" "$SPOOL" || die "$WORK or $SPOOL cannot be made"
  if ! mkdir "$WORK/lock" 2>/dev/null && look "$WORK/lock/pid"; then
    ! grep -q "${0##*/}" "/proc/$value/cmdline" 2>/dev/null || die "it runs already (process $value)"
  fi
  echo $$ >"$WORK/lock/pid"
  stopping='' child='' last_problem='' cpu_before='' wait_until=0 seq=0 batch=20 sent=0 dropped=0
  trap 'rm -rf "$WORK/rc" "$WORK/rows" "$WORK/lines" "$WORK/plain" "$WORK/body" "$WORK/lock"' EXIT
  trap 'stopping=1; [ -z "$child" ] || kill "$child" 2>/dev/null' TERM INT
  collector=${URL#*://} && collector=${collector%:[0-9]*} && collector=${collector#\[} && collector=${collector%\]}
  choose_client; look /proc/sys/kernel/random/uuid && session=${value%%-*}${value##*-}
  [ ! -s "$SPOOL/counts" ] || read -r sent dropped <"$SPOOL/counts"; rewrite "$sent"
}
case ${1-} in
  run)
    start
    random_below "$INTERVAL_SECONDS" && nap "$value"
    while [ -z "$stopping" ]; do round; uptime_seconds; nap $((next_round - now)); done ;;
  once) start; round ;;
  --help) usage ;;
  --init-script) cat <<TEXT ;;
#!/bin/sh /etc/rc.common
START=95 USE_PROCD=1
start_service() {
  procd_open_instance
  procd_set_param command /bin/sh "$(cd "$(dirname "$0")" && pwd)/$(basename "$0")" run
  procd_set_param respawn 3600 30 0
  procd_close_instance
}
TEXT
  *) usage >&2; exit 2 ;;
esac
