# shellcheck shell=bash
#
# The CRDs of a cluster: which, and how they get into it. To be sourced by `up`, whose variables it uses.
#
# They are kept as the API server has stored them, beside its programs, and given to the next clusters' etcd before
# their API server starts. An API server that is told of sixteen CRDs one after the other computes its OpenAPI document
# sixteen times, which is several seconds of work; one that finds them when it starts does so once.

# shellcheck disable=SC2034,SC2153,SC2154 # HERE, DIR, BIN, CRDS and CURRENT are those of `up`
CRD_PREFIX=/registry/apiextensions.k8s.io/customresourcedefinitions/

crd_directory() {
        case "$CRDS" in
        own) echo "$HERE/crds" ;;
        real) echo "${LABSYNC_REAL_CRDS:-$(readlink -m "$HERE/../../../shared/crds")}" ;;
        esac
}

need_crds() {
        [ "$CRDS" = none ] || compgen -G "$(crd_directory)/*.yaml" >/dev/null ||
                fail "no CRDs in $(crd_directory)"
}

# Not every set of real CRDs has it; ours then stands in.
has_migration_policy() {
        grep -qs 'name: migrationpolicies.migrations.kubevirt.io$' "$(crd_directory)"/*.yaml
}

crd_files() {
        local files
        files=("$(crd_directory)"/*.yaml)
        [ "$CRDS" = own ] || has_migration_policy || files+=("$HERE/crds/migrationpolicy.yaml")
        printf '%s\n' "${files[@]}"
}

# crd_cache_file BIN FILE...: where what the API server of BIN makes of these files is kept. Copies of a file are the
# same, wherever they are.
crd_cache_file() {
        local bin=$1
        shift
        echo "$(dirname "$bin")/crds/$(cat -- "$@" | sha256sum | cut -c1-40)"
}

etcd_request() {
        local dir=$1 path=$2
        shift 2
        curl --silent --show-error --fail --noproxy '*' --max-time 30 \
                "http://127.0.0.1:$(cat "$dir/port-etcd")/v3/kv/$path" "$@"
}

# crd_cache_load DIR CACHE: puts what is kept into the cluster's etcd; false when nothing is kept.
crd_cache_load() {
        local dir=$1 cache=$2 line requests=()
        [ -s "$cache" ] || return 1
        rm -rf "$dir/crds"
        mkdir "$dir/crds"
        split --lines=1 --suffix-length=4 "$cache" "$dir/crds/"
        for line in "$dir"/crds/*; do
                requests+=(--next --silent --show-error --fail --noproxy '*' --max-time 30 --output /dev/null
                        --data "@$line" "http://127.0.0.1:$(cat "$dir/port-etcd")/v3/kv/put")
        done
        curl "${requests[@]:1}"
        rm -rf "$dir/crds"
}

# crd_cache_keep DIR CACHE: for the next time. Whoever is later when two keep the same, changes nothing.
crd_cache_keep() {
        local dir=$1 cache=$2 from to kept
        from=$(printf '%s' "$CRD_PREFIX" | base64 -w0)
        to=$(printf '%s' "${CRD_PREFIX%/}0" | base64 -w0)
        mkdir -p "$(dirname "$cache")"
        kept=$(mktemp "$cache.XXXXXX")
        etcd_request "$dir" range --data "{\"key\": \"$from\", \"range_end\": \"$to\"}" |
                jq --compact-output '.kvs[] | {key, value}' >"$kept"
        mv "$kept" "$cache"
}

# All at once: `kubectl wait` takes a tenth of a second for each.
crds_are_established() {
        apiserver_answers "$DIR" /apis/apiextensions.k8s.io/v1/customresourcedefinitions | jq --exit-status \
                '.items | length > 0 and all(any(.status.conditions[]?; .type == "Established" and .status == "True"))'
}

# Before the API server starts; what an earlier cluster has made of the same files.
preload_crds() {
        local files
        mapfile -t files < <(crd_files)
        CRD_CACHE=$(crd_cache_file "$BIN" "${files[@]}")
        ! crd_cache_load "$DIR" "$CRD_CACHE" || CRDS_ARE_LOADED=yes
}

# Create, because an apply would put the whole CRD into an annotation, which must be below 256 KiB.
create_crds() {
        local files arguments=() file
        mapfile -t files < <(crd_files)
        for file in "${files[@]}"; do
                arguments+=(-f "$file")
        done
        kubectl_here create --validate=false "${arguments[@]}"
}

load_crds() {
        CURRENT=kubectl
        say "loading the CRDs"
        {
                [ "$CRDS_ARE_LOADED" = yes ] || create_crds
                wait_for 60 "$DIR" kube-apiserver crds_are_established
        } >"$DIR/kubectl.log" 2>&1
        [ "$CRDS_ARE_LOADED" = yes ] || crd_cache_keep "$DIR" "$CRD_CACHE"
        rm -rf "$DIR/cache"
        CURRENT=
}
