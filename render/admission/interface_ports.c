#include "render/admission/rules.h"
#include "render/admission/words.h"

#include "base/json.h"

#include <string.h>

enum { PORT_MAX = 65535, RANGES_MAX = 10, DHCP_LEAST = 224, DHCP_MOST = 254 };

static const char *const protocols[] = { "TCP", "UDP", NULL };

/* A77 */
static void port(const struct place *port, json_t *names)
{
	const char *text = place_text(port, "name");

	if (!place_is_given(port))
		return;
	if (!place_has(port, "port"))
		refuse_at(port, "port", "a port needs its number; give port");
	refuse_outside(port, "port", 1, PORT_MAX, "port");
	refuse_other_words(port, "protocol", protocols, WORDS_EMPTY_IS_UNSET);
	if (text == NULL)
		return;
	if (!word_is_port_name(text))
		refuse_at(port, "name",
			  "\"%.60s\" cannot be a port's name; use at most 15 lower-case letters, digits and dashes",
			  text);
	if (json_object_get(names, text))
		refuse_at(port, "name", "two ports are named %.15s; rename one", text);
	json_object_set_new(names, text, json_true());
}

static void ports(const struct place *interface)
{
	struct place list = place_list(interface, "ports");
	cleanup(json) json_t *names = json_object();

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place item = place_item(&list, i);

		port(&item, names);
	}
}

struct port_range {
	const char *protocol;
	int64_t start, end;
};

/* False when the range is none, which has then been told. */
static bool range_read(const struct place *place, struct port_range *range)
{
	static const char *const ends[] = { "start", "end" };
	int64_t *numbers[] = { &range->start, &range->end };
	bool good = true;

	for (size_t i = 0; i < 2; i++) {
		if (!place_has(place, ends[i]))
			refuse_at(place, ends[i], "a range of ports needs its %s; give it", ends[i]);
		refuse_outside(place, ends[i], 1, PORT_MAX, "port");
		good = good && place_integer(place, ends[i], numbers[i]);
		good = good && *numbers[i] >= 1 && *numbers[i] <= PORT_MAX;
	}
	range->protocol = place_text(place, "protocol");
	if (range->protocol == NULL)
		refuse_at(place, "protocol", "a range of ports needs a protocol; use TCP or UDP");
	refuse_other_words(place, "protocol", protocols, WORDS_EMPTY_IS_UNSET);
	if (good && range->start > range->end) {
		refuse_at(place, "start", "the range starts after its end; swap start and end");
		return false;
	}
	return good && range->protocol && word_is_among(range->protocol, protocols);
}

static bool overlap(const struct port_range *a, const struct port_range *b)
{
	return strcmp(a->protocol, b->protocol) == 0 && a->start <= b->end && b->start <= a->end;
}

/* A78 */
static void ranges(const struct place *interface)
{
	struct place list = place_list(interface, "portRanges");
	struct port_range known[RANGES_MAX];
	size_t count = 0;

	if (json_array_size(list.value) > RANGES_MAX) {
		refuse(&list, "%zu ranges of ports are too many; use at most %d", json_array_size(list.value),
		       RANGES_MAX);
		return;
	}
	for (size_t i = 0; i < place_count(&list); i++) {
		struct place item = place_item(&list, i);

		if (!place_is_given(&item) || !range_read(&item, &known[count]))
			continue;
		for (size_t j = 0; j < count; j++) {
			if (overlap(&known[j], &known[count]))
				refuse(&item, "the range overlaps %jd-%jd; join the two", (intmax_t)known[j].start,
				       (intmax_t)known[j].end);
		}
		count++;
	}
}

void rules_interface_ports(const struct place *interface, bool on_pod_network)
{
	struct place list = place_list(interface, "portRanges");

	if (place_is_given(&list))
		refuse_without_gate(&list, "portRanges", "PortRangesSpec");
	if (!on_pod_network)
		return;
	ports(interface);
	if (!place_is_given(&list))
		return;
	if (place_has(interface, "ports"))
		refuse(&list, "ports and portRanges exclude each other; keep one");
	if (!place_has(interface, "masquerade"))
		refuse(&list, "portRanges work only with masquerade; use masquerade: {}");
	ranges(interface);
}

static void private_options(const struct place *dhcp)
{
	struct place list = place_list(dhcp, "privateOptions");
	bool taken[DHCP_MOST - DHCP_LEAST + 1] = { false };
	int64_t number;

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place option = place_item(&list, i);

		refuse_outside(&option, "option", DHCP_LEAST, DHCP_MOST, "a private DHCP option");
		if (!place_integer(&option, "option", &number) || number < DHCP_LEAST || number > DHCP_MOST)
			continue;
		if (taken[number - DHCP_LEAST])
			refuse_at(&option, "option", "DHCP option %jd is given twice; keep one", (intmax_t)number);
		taken[number - DHCP_LEAST] = true;
	}
}

/* A79 */
void rules_interface_dhcp(const struct place *interface)
{
	struct place dhcp = place_object(interface, "dhcpOptions");
	struct place servers = place_list(&dhcp, "ntpServers");

	private_options(&dhcp);
	for (size_t i = 0; i < place_count(&servers); i++) {
		struct place server = place_item_any(&servers, i);
		const char *text = json_string_value(server.value);

		if (text == NULL || !word_is_ip4(text))
			refuse(&server, "\"%.60s\" is no IPv4 address; an NTP server must be one", text ? text : "");
	}
}
