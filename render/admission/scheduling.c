#include "render/admission/rules.h"
#include "render/admission/words.h"

#include "base/text.h"

#include <string.h>

enum { NAMESERVERS_MAX = 3, SEARCHES_MAX = 6, SEARCH_LENGTH_MAX = 256 };

/* A94 */
static void host_name(const struct machine_view *machine)
{
	const char *hostname = place_text(&machine->instance, "hostname");
	const char *subdomain = place_text(&machine->instance, "subdomain");

	if (hostname && !text_is_dns_label(hostname))
		refuse_at(
			&machine->instance, "hostname",
			"\"%.80s\" cannot be a host name here; use at most 63 lower-case letters, digits and dashes",
			hostname);
	if (subdomain && !word_is_dns_subdomain(subdomain))
		refuse_at(&machine->instance, "subdomain",
			  "\"%.80s\" cannot be a subdomain; use lower-case letters, digits, dashes and dots",
			  subdomain);
}

static void nameservers(const struct place *config, bool needed)
{
	struct place list = place_list(config, "nameservers");
	size_t count = json_array_size(list.value);

	if (needed && count == 0)
		refuse(&list, "dnsPolicy None needs a name server; give dnsConfig.nameservers");
	if (count > NAMESERVERS_MAX)
		refuse(&list, "%zu name servers are too many; use at most %d", count, NAMESERVERS_MAX);
	for (size_t i = 0; i < place_count(&list); i++) {
		struct place server = place_item_any(&list, i);
		const char *text = json_string_value(server.value);

		if (text == NULL || !word_is_ip(text))
			refuse(&server, "\"%.60s\" is no IP address; a name server must be one", text ? text : "");
	}
}

static void searches(const struct place *config)
{
	struct place list = place_list(config, "searches");
	size_t count = json_array_size(list.value), length = count > 0 ? count - 1 : 0;

	if (count > SEARCHES_MAX)
		refuse(&list, "%zu search domains are too many; use at most %d", count, SEARCHES_MAX);
	for (size_t i = 0; i < place_count(&list); i++) {
		struct place domain = place_item_any(&list, i);
		const char *text = json_string_value(domain.value);

		length += text ? strlen(text) : 0;
		if (text == NULL || !word_is_dns_subdomain(text))
			refuse(&domain,
			       "\"%.80s\" is no search domain; use lower-case letters, digits, dashes and dots",
			       text ? text : "");
	}
	if (length > SEARCH_LENGTH_MAX)
		refuse(&list, "the search domains are longer than %d characters; shorten them", SEARCH_LENGTH_MAX);
}

/* A95 */
static void dns(const struct machine_view *machine)
{
	static const char *const policies[] = { "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None", NULL };
	const char *policy = place_text(&machine->instance, "dnsPolicy");
	struct place config = place_object(&machine->instance, "dnsConfig");
	struct place options = place_list(&config, "options");

	refuse_other_words(&machine->instance, "dnsPolicy", policies, WORDS_EMPTY_IS_UNSET);
	nameservers(&config, policy && strcmp(policy, "None") == 0);
	searches(&config);
	for (size_t i = 0; i < place_count(&options); i++) {
		struct place option = place_item(&options, i);

		if (place_is_given(&option) && !place_has(&option, "name"))
			refuse_at(&option, "name", "a DNS option needs its name; give one");
	}
}

/* A98 */
static void node_selector(const struct machine_view *machine)
{
	struct place selector = place_object(&machine->instance, "nodeSelector");
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)selector.value, key, value) {
		const char *text = place_text(&selector, key);

		if (!word_is_label_key(key))
			refuse_at(&selector, key, "\"%.80s\" is no label; write [prefix/]name", key);
		if (text && !word_is_label_value(text))
			refuse_at(&selector, key,
				  "\"%.80s\" is no value of a label; use at most 63 letters, digits and "
				  "-_.",
				  text);
	}
}

/* A98 */
static void toleration(const struct place *toleration)
{
	static const char *const operators[] = { "Exists", "Equal", NULL };
	static const char *const effects[] = { "NoSchedule", "PreferNoSchedule", "NoExecute", NULL };
	const char *comparison = place_text(toleration, "operator");
	const char *effect = place_text(toleration, "effect");
	const char *key = place_text(toleration, "key");
	bool exists = comparison && strcmp(comparison, "Exists") == 0;

	refuse_other_words(toleration, "operator", operators, WORDS_EMPTY_IS_UNSET);
	refuse_other_words(toleration, "effect", effects, WORDS_EMPTY_IS_UNSET);
	if (!place_is_given(toleration))
		return;
	if (key && !word_is_label_key(key))
		refuse_at(toleration, "key", "\"%.80s\" is no key of a taint; write [prefix/]name", key);
	if (key == NULL && !exists)
		refuse_at(toleration, "operator",
			  "a toleration without a key is for all taints; use Exists, or give a "
			  "key");
	if (exists && place_has(toleration, "value"))
		refuse_at(toleration, "value", "Exists takes any value; drop value, or use Equal");
	if (place_has(toleration, "tolerationSeconds") && (effect == NULL || strcmp(effect, "NoExecute") != 0))
		refuse_at(toleration, "tolerationSeconds", "only NoExecute has a time; set effect, or drop this");
}

static void tolerations(const struct machine_view *machine)
{
	struct place list = place_list(&machine->instance, "tolerations");

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place item = place_item(&list, i);

		toleration(&item);
	}
}

void rules_scheduling(const struct machine_view *machine)
{
	host_name(machine);
	dns(machine);
	node_selector(machine);
	tolerations(machine);
	rules_affinity(machine);
}
