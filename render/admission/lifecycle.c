#include "render/admission/rules.h"
#include "render/admission/words.h"

#include <string.h>

/* Whether KubeVirt attaches the pod network: it does by itself when the machine names none. */
static bool has_pod_network(const struct machine_view *machine)
{
	if (place_count(&machine->networks) == 0 && place_count(&machine->interfaces) == 0)
		return !place_is_false(&machine->devices, "autoattachPodInterface");
	for (size_t i = 0; i < place_count(&machine->networks); i++) {
		struct place network = place_item_any(&machine->networks, i);

		if (place_has(&network, "pod"))
			return true;
	}
	return false;
}

/* A82, A99 */
static void probe(const struct machine_view *machine, const char *key)
{
	static const char *const handlers[] = { "httpGet", "tcpSocket", "exec", "guestAgentPing", NULL };
	static const char *const on_network[] = { "httpGet", "tcpSocket" };
	struct place place = place_object(&machine->instance, key);
	size_t count = place_count_given(&place, handlers, NULL);

	if (!place_is_given(&place))
		return;
	if (count == 0)
		refuse(&place, "a probe needs something to ask; give httpGet, tcpSocket, exec or guestAgentPing");
	else if (count > 1)
		refuse(&place, "a probe asks one thing, this has %zu; keep one", count);
	for (size_t i = 0; i < sizeof(on_network) / sizeof(on_network[0]); i++) {
		if (place_has(&place, on_network[i]) && !has_pod_network(machine))
			refuse_at(&place, on_network[i],
				  "this goes over the pod network, which the machine has not; use "
				  "exec or guestAgentPing");
	}
}

/* A97 */
static void start_strategy(const struct machine_view *machine)
{
	static const char *const strategies[] = { "Paused", NULL };
	const char *strategy = place_text(&machine->instance, "startStrategy");

	refuse_other_words(&machine->instance, "startStrategy", strategies, WORDS_EMPTY_IS_WRONG);
	if (strategy && strcmp(strategy, "Paused") == 0 && place_has(&machine->instance, "livenessProbe"))
		refuse_at(&machine->instance, "livenessProbe",
			  "a machine that starts paused cannot be asked whether it lives; drop one of the two");
}

void rules_lifecycle(const struct machine_view *machine)
{
	static const char *const strategies[] = { "None", "LiveMigrate", "LiveMigrateIfPossible", "External", NULL };

	probe(machine, "readinessProbe");
	probe(machine, "livenessProbe");
	start_strategy(machine);
	refuse_other_words(&machine->instance, "evictionStrategy", strategies, WORDS_EMPTY_IS_WRONG); /* A96 */
}
