# shellcheck shell=bash
#
# What up, down and apiserver share: the processes of one cluster. To be sourced.
#
# A cluster is a directory. Each process has NAME.pid, NAME.log and NAME.arguments there, and names the directory in
# its own arguments, by which it is told from a later process that got the same id.

# In the order in which they are to end: nobody then loses the server that it still talks to.
# shellcheck disable=SC2034 # used by down and test
PROCESSES=(simulate-kubevirt kube-controller-manager kube-apiserver etcd)

say() {
        echo "$(basename "$0"): $*" >&2
}

fail() {
        say "$*"
        exit 1
}

# A plain absolute path, because it is searched for in /proc/PID/cmdline.
absolute() {
        readlink -m -- "$1"
}

process_is_running() {
        local dir=$1 name=$2 pid
        pid=$(cat "$dir/$name.pid" 2>/dev/null) || return 1
        [ -n "$pid" ] || return 1
        # A process that has ended and was not waited for has an empty command line.
        tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$dir/"
}

# Starts again what process_start has started before.
process_restart() {
        local dir=$1 name=$2 arguments
        mapfile -t arguments <"$dir/$name.arguments"
        (
                # Whoever reads our output, or has locked a file, must not wait for a daemon that has inherited it.
                for descriptor in /proc/"$BASHPID"/fd/*; do
                        descriptor=${descriptor##*/}
                        [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
                done
                cd "$dir" || exit
                exec setsid "${arguments[@]}" </dev/null >>"$dir/$name.log" 2>&1
        ) </dev/null >/dev/null 2>&1 &
        echo "$!" >"$dir/$name.pid"
        disown
        # It is a copy of this shell until it has its own command line.
        until process_is_running "$dir" "$name" || ! kill -0 "$!" 2>/dev/null; do
                sleep 0.02
        done
}

process_start() {
        local dir=$1 name=$2
        shift 2
        printf '%s\n' "$@" >"$dir/$name.arguments"
        : >"$dir/$name.log"
        process_restart "$dir" "$name"
}

# Sends the signal and waits for the end; false when the process is there still.
process_signal() {
        local dir=$1 name=$2 signal=$3 tenths=$4
        process_is_running "$dir" "$name" || return 0
        kill "-$signal" "$(cat "$dir/$name.pid")" 2>/dev/null || true
        for ((; tenths > 0; tenths--)); do
                process_is_running "$dir" "$name" || return 0
                sleep 0.1
        done
        ! process_is_running "$dir" "$name"
}

# wait_for SECONDS DIR PROCESS COMMAND...: until COMMAND is true; false when the process ends or the time is over.
wait_for() {
        local limit=$((SECONDS + $1)) dir=$2 name=$3
        shift 3
        until "$@" >/dev/null 2>&1; do
                process_is_running "$dir" "$name" || return 1
                [ "$SECONDS" -lt "$limit" ] || return 1
                sleep 0.1
        done
        # Whatever answered may have been another one's, while ours found the port taken.
        process_is_running "$dir" "$name"
}

# apiserver_answers DIR PATH
apiserver_answers() {
        local dir=$1
        curl --silent --fail --noproxy '*' --max-time 5 --cacert "$dir/pki/ca.crt" \
                --header "Authorization: Bearer $(cat "$dir/token")" "https://127.0.0.1:$(cat "$dir/port")$2"
}

apiserver_is_ready() {
        apiserver_answers "$1" /readyz
}
