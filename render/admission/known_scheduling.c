/* What pods have as well: affinity, tolerations, probes, DNS; and networks. */
#include "render/admission/known_fields.h"

/* clang-format off */
static const struct known_field match_expression[] = {
	NEEDED_TEXT("key"), NEEDED_TEXT("operator"), TEXTS("values"), KNOWN_END,
};

static const struct known_field preference[] = {
	OBJECTS("matchExpressions", match_expression), OBJECTS("matchFields", match_expression), KNOWN_END,
};

static const struct known_field weighted_node_term[] = {
	NEEDED_OBJECT("preference", preference), NEEDED_WHOLE("weight"), KNOWN_END,
};

static const struct known_field node_selector[] = {
	NEEDED_OBJECTS("nodeSelectorTerms", preference), KNOWN_END,
};

static const struct known_field node_affinity[] = {
	OBJECTS("preferredDuringSchedulingIgnoredDuringExecution", weighted_node_term),
	OBJECT("requiredDuringSchedulingIgnoredDuringExecution", node_selector),
	KNOWN_END,
};

static const struct known_field label_selector[] = {
	OBJECTS("matchExpressions", match_expression), TEXT_MAP("matchLabels"), KNOWN_END,
};

static const struct known_field pod_affinity_term[] = {
	OBJECT("labelSelector", label_selector), TEXTS("matchLabelKeys"), TEXTS("mismatchLabelKeys"),
	OBJECT("namespaceSelector", label_selector), TEXTS("namespaces"), NEEDED_TEXT("topologyKey"), KNOWN_END,
};

static const struct known_field weighted_pod_term[] = {
	NEEDED_OBJECT("podAffinityTerm", pod_affinity_term), NEEDED_WHOLE("weight"), KNOWN_END,
};

static const struct known_field pod_affinity[] = {
	OBJECTS("preferredDuringSchedulingIgnoredDuringExecution", weighted_pod_term),
	OBJECTS("requiredDuringSchedulingIgnoredDuringExecution", pod_affinity_term), KNOWN_END,
};

const struct known_field known_affinity[] = {
	OBJECT("nodeAffinity", node_affinity), OBJECT("podAffinity", pod_affinity),
	OBJECT("podAntiAffinity", pod_affinity), KNOWN_END,
};

static const struct known_field option[] = {
	TEXT("name"), TEXT("value"), KNOWN_END,
};

const struct known_field known_dns_config[] = {
	TEXTS("nameservers"), OBJECTS("options", option), TEXTS("searches"), KNOWN_END,
};

static const struct known_field exec[] = {
	TEXTS("command"), KNOWN_END,
};

static const struct known_field http_header[] = {
	NEEDED_TEXT("name"), NEEDED_TEXT("value"), KNOWN_END,
};

static const struct known_field http_get[] = {
	TEXT("host"), OBJECTS("httpHeaders", http_header), TEXT("path"), NEEDED_AMOUNT("port"), TEXT("scheme"),
	KNOWN_END,
};

static const struct known_field tcp_socket[] = {
	TEXT("host"), NEEDED_AMOUNT("port"), KNOWN_END,
};

static const struct known_field multus[] = {
	FLAG("default"), NEEDED_TEXT("networkName"), KNOWN_END,
};

static const struct known_field pod[] = {
	TEXT("vmIPv6NetworkCIDR"), TEXT("vmNetworkCIDR"), KNOWN_END,
};

static const struct known_field resource_claim[] = {
	TEXT("claimName"), TEXT("requestName"), KNOWN_END,
};

const struct known_field known_network[] = {
	OBJECT("multus", multus), NEEDED_TEXT("name"), OBJECT("pod", pod), OBJECT("resourceClaim", resource_claim),
	KNOWN_END,
};

const struct known_field known_probe[] = {
	OBJECT("exec", exec), WHOLE("failureThreshold"), OBJECT("guestAgentPing", known_nothing),
	OBJECT("httpGet", http_get), WHOLE("initialDelaySeconds"), WHOLE("periodSeconds"), WHOLE("successThreshold"),
	OBJECT("tcpSocket", tcp_socket), WHOLE("timeoutSeconds"), KNOWN_END,
};

const struct known_field known_resource_claim[] = {
	NEEDED_TEXT("name"), TEXT("resourceClaimName"), TEXT("resourceClaimTemplateName"), KNOWN_END,
};

const struct known_field known_toleration[] = {
	TEXT("effect"), TEXT("key"), TEXT("operator"), WHOLE("tolerationSeconds"), TEXT("value"), KNOWN_END,
};

const struct known_field known_topology_spread_constraint[] = {
	OBJECT("labelSelector", label_selector), TEXTS("matchLabelKeys"), NEEDED_WHOLE("maxSkew"),
	WHOLE("minDomains"), TEXT("nodeAffinityPolicy"), TEXT("nodeTaintsPolicy"), NEEDED_TEXT("topologyKey"),
	NEEDED_TEXT("whenUnsatisfiable"), KNOWN_END,
};
/* clang-format on */
