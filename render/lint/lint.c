#include "render/lint/lint.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "render/lint/rules.h"

static const struct lint_rule rules[] = {
	{ "default-password",
	  "A VM has the built-in password, which everybody knows who knows labsync. Who reaches its ports can log "
	  "in.",
	  .check = lint_default_password },
	{ "expired",
	  "The date of `expires` is over: labsync takes the lab away, and its disks with diskPolicy Delete.",
	  .check = lint_expired },
	{ "http-image",
	  "An image is downloaded over http://, so that anybody on the way can replace it. With a checksum that "
	  "would "
	  "be noticed.",
	  .check = lint_http_image },
	{ "no-checksum",
	  "An image of a web server has no checksum. Without one, a broken download or another image under the same "
	  "address boots without a word.",
	  .check = lint_no_checksum },
	{ "no-common-family",
	  "An end of a link has addresses of a family (IPv4 or IPv6) that no other end has, and none that they "
	  "share: "
	  "it reaches nobody there.",
	  .check = lint_no_common_family },
	{ "plain-password",
	  "A password stands in the text of the lab, for everybody who can read the repository and its history.",
	  .check = lint_plain_password },
	{ "plain-secret",
	  "An environment variable that is called like a secret has its value in the text of the lab.",
	  .check = lint_plain_secret },
	{ "pod-without-command",
	  "A pod runs the image of a bare system, whose shell ends at once, so that Kubernetes starts it over and "
	  "over.",
	  .check = lint_pod_without_command },
	{ "privileged-pod", "A pod is privileged: who is in it, has the worker.", .check = lint_privileged_pod },
	{ "same-subnet",
	  "A node has addresses of one subnet on two of its interfaces, so that the route to its neighbours is a "
	  "matter of luck.",
	  .check = lint_same_subnet },
	{ "shared-address",
	  "An address or MAC is on an existing network, on a VLAN of an Open vSwitch bridge, or on a link that is "
	  "joined, "
	  "more than once, by two labs, or by instances of one.",
	  .across = lint_shared_address },
	{ "small-disk",
	  "A root disk is smaller than the image of its distribution is known to be, so that the import fails.",
	  .check = lint_small_disk },
	{ "two-gateways", "A node has two gateways of one family, so that it is a matter of luck which it takes.",
	  .check = lint_two_gateways },
	{ "unaddressed-end", "An end of a link has no address though others have: probably it was forgotten.",
	  .check = lint_unaddressed_end },
	{ "unlinked-node", "A node is on no link though others are: probably a link was forgotten.",
	  .check = lint_unlinked_node },
	{ "unpinned-image",
	  "An image has no tag and no digest, or one that moves (latest, current), so that the lab is another one "
	  "next month.",
	  .check = lint_unpinned_image },
	{ "weak-password", "A password is well known, or short enough to be guessed.", .check = lint_weak_password },
	{ "windows-name",
	  "The host name of a Windows guest is longer than the 15 characters that Windows' older protocols show of "
	  "it.",
	  .check = lint_windows_name },
	{ .name = NULL },
};

const struct lint_rule *lint_rules(void)
{
	return rules;
}

const struct lint_rule *lint_rule_find(const char *name)
{
	for (const struct lint_rule *rule = rules; rule->name; rule++)
		if (text_equal(rule->name, name))
			return rule;
	return NULL;
}

void lint_deinit(struct lint *lint)
{
	free(lint->findings);
	arena_deinit(&lint->arena);
	*lint = (struct lint)LINT_INIT;
}

void lint_tell(struct lint *lint, const struct place *place, const char *format, ...)
{
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	memory_grow(&lint->findings, lint->count, &lint->capacity, sizeof(*lint->findings));
	lint->findings[lint->count++] = (struct lint_finding){
		.rule = lint->rule,
		.place = *place,
		.message = arena_copy(&lint->arena, message, strlen(message)),
	};
}

static int finding_compare(const void *left, const void *right)
{
	const struct lint_finding *a = left, *b = right;
	int order = place_order(&a->place, &b->place);

	if (order == 0)
		order = strcmp(a->rule->name, b->rule->name);
	return order ? order : strcmp(a->message, b->message);
}

/* A default is found with each node that has it, and told once. */
static void findings_unite(struct lint *lint)
{
	size_t kept = 0;

	if (lint->count)
		qsort(lint->findings, lint->count, sizeof(*lint->findings), finding_compare);
	for (size_t i = 0; i < lint->count; i++) {
		const struct lint_finding *finding = &lint->findings[i], *last = &lint->findings[kept ? kept - 1 : 0];

		if (kept && finding->rule == last->rule && finding->place.line == last->place.line &&
		    finding->place.column == last->place.column && text_equal(finding->place.path, last->place.path))
			continue;
		lint->findings[kept++] = *finding;
	}
	lint->count = kept;
}

static bool is_disabled(const char *const *disabled, const char *name)
{
	for (; *disabled; disabled++)
		if (text_equal(*disabled, name))
			return true;
	return false;
}

void lint_labs(struct lint *lint, const struct lab_set *set, const char *const *disabled)
{
	for (lint->rule = rules; lint->rule->name; lint->rule++) {
		if (is_disabled(disabled, lint->rule->name))
			continue;
		if (lint->rule->across)
			lint->rule->across(lint, set);
		for (size_t i = 0; lint->rule->check && i < set->count; i++)
			if (set->labs[i]->valid)
				lint->rule->check(lint, set->labs[i]);
	}
	findings_unite(lint);
}

void lint_finding_write(const struct lint_finding *finding, struct buffer *out)
{
	buffer_format(out, "%s:%zu:%zu: warning: %s [%s]", finding->place.path, finding->place.line,
		      finding->place.column, finding->message, finding->rule->name);
}

void lint_write_json(const struct lint *lint, struct buffer *out)
{
	json_t *findings = json_array();
	cleanup(json) json_t *value = json_pack("{s:o}", "findings", findings);
	cleanup(free) char *text = NULL;

	for (size_t i = 0; i < lint->count; i++) {
		const struct lint_finding *finding = &lint->findings[i];

		json_array_append_new(findings, json_pack("{s:s, s:I, s:I, s:s, s:s}", "path", finding->place.path,
							  "line", (json_int_t)finding->place.line, "column",
							  (json_int_t)finding->place.column, "rule",
							  finding->rule->name, "message", finding->message));
	}
	text = json_dumps(value, JSON_INDENT(2));
	buffer_append_text(out, text);
	buffer_append_char(out, '\n');
}

void lint_rules_write_markdown(struct buffer *out)
{
	buffer_append_text(
		out,
		"# What `labsync lint` finds\n\n"
		"<!-- Made by `labsync lint --rules`; change the table in render/lint/lint.c. -->\n\n"
		"`labsync lint` looks for what is legal in a lab but probably not meant, or not wise. It prints a "
		"line\n"
		"for each finding, with its place and what to do, and ends with exit code 3 when there are any.\n"
		"`--disable RULE` leaves a rule out, as often as it is given; `--output json` is for programs.\n\n"
		"| rule | what it finds |\n|---|---|\n");
	for (const struct lint_rule *rule = rules; rule->name; rule++)
		buffer_format(out, "| `%s` | %s |\n", rule->name, rule->sentence);
}
