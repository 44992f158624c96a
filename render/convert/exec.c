#include "render/convert/exec.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/address.h"
#include "render/lab/command_line.h"
#include "render/lab/connectors.h"

enum {
	COMMANDS_MAX = 128, /* of one layer */
	COMMAND_LENGTH_MAX = 4096
};

/* Routes wait for the addresses of all commands, which say on which end their next hop is. */
enum pass { PASS_ADDRESSES, PASS_ROUTES };

struct run {
	struct reader *reader;
	struct wiring_node *node;
	const struct yaml_node *place; /* of the command */
	enum pass pass;
};

static void lose(const struct run *run, const char *reason)
{
	if (run->pass == PASS_ROUTES)
		loss_warn(run->reader, run->place->line, run->place->column, "exec is left out: %s", reason);
}

static bool is_one_of(const char *word, const char *const *words)
{
	while (*words && !text_equal(*words, word))
		words++;
	return *words != NULL;
}

static struct wiring_end *end_find(const struct wiring_node *node, const char *interface)
{
	for (struct wiring_end *end = node->ends; end; end = end->next)
		if (text_equal(end->interface, interface))
			return end;
	return NULL;
}

static bool texts_have(const struct texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (text_equal(texts->items[i], text))
			return true;
	return false;
}

static void texts_keep(struct arena *arena, struct texts *texts, const char *text)
{
	if (!texts_have(texts, text))
		texts_add(arena, texts, arena_copy(arena, text, strlen(text)));
}

/* Words behind "ip address add": ADDRESS dev INTERFACE, or the other way round. */
static void address_add(const struct run *run, const char *const *words, size_t count)
{
	bool turned = count == 3 && text_equal(words[0], "dev");
	struct wiring_end *end;
	struct ip_prefix prefix;
	const char *address;

	if (count != 3 || (!turned && !text_equal(words[1], "dev"))) {
		lose(run, "only \"ip address add ADDRESS dev INTERFACE\" is understood");
		return;
	}
	address = turned ? words[2] : words[0];
	end = end_find(run->node, turned ? words[1] : words[2]);
	if (end == NULL)
		lose(run, "the interface is on no link of the lab");
	else if (!ip_prefix_parse(address, &prefix) || !ip_address_is_unicast(&prefix.address))
		lose(run, "the address is none with a prefix length, like 192.168.10.100/24");
	else if (run->pass == PASS_ADDRESSES && end->addresses.count < INTERFACE_ADDRESSES_MAX)
		texts_keep(run->reader->arena, &end->addresses, address);
	else if (!texts_have(&end->addresses, address))
		lose(run, "the interface has too many addresses");
}

static bool is_next_to(const struct wiring_end *end, const struct ip_address *hop)
{
	struct ip_prefix prefix;

	for (size_t i = 0; i < end->addresses.count; i++)
		if (ip_prefix_parse(end->addresses.items[i], &prefix) && ip_prefix_contains(&prefix, hop))
			return true;
	return false;
}

/* "default", a prefix, or an address alone, which is a route to one host. */
static bool destination_parse(const char *text, const struct ip_address *hop, struct ip_prefix *to)
{
	if (text_equal(text, "default")) {
		*to = (struct ip_prefix){ .address = { .family = hop->family } };
		return true;
	}
	if (ip_prefix_parse(text, to)) {
		ip_prefix_mask(to);
		return to->address.family == hop->family;
	}
	if (!ip_address_parse(text, &to->address))
		return false;
	to->length = strchr(text, ':') ? 128 : 32;
	return to->address.family == hop->family;
}

/* Words behind "ip route add": DESTINATION via HOP [dev INTERFACE]. */
static void route_add(const struct run *run, const char *const *words, size_t count)
{
	struct wiring_end *end = run->node->ends;
	struct ip_address hop;
	struct ip_prefix to;
	char text[IP_PREFIX_TEXT_SIZE];
	cleanup(free) char *route = NULL;

	if ((count != 3 && count != 5) || !text_equal(words[1], "via") ||
	    (count == 5 && !text_equal(words[3], "dev")) || !ip_address_parse(words[2], &hop) ||
	    !ip_address_is_unicast(&hop) || !destination_parse(words[0], &hop, &to)) {
		lose(run, "only \"ip route add PREFIX via ADDRESS [dev INTERFACE]\" is understood");
		return;
	}
	if (count == 5)
		end = end_find(run->node, words[4]);
	else
		while (end && !is_next_to(end, &hop))
			end = end->next;
	if (end == NULL || end->addresses.count == 0) {
		lose(run, "the route's next hop is on no link of the node with addresses");
		return;
	}
	route = string_format("%s via %s", ip_prefix_write(&to, text), words[2]);
	if (run->pass == PASS_ROUTES && end->routes.count < INTERFACE_ROUTES_MAX)
		texts_keep(run->reader->arena, &end->routes, route);
	else if (!texts_have(&end->routes, route))
		lose(run, "the interface has too many routes");
}

/* Links are up in a lab. */
static bool is_link_up(const char *const *words, size_t count)
{
	static const char *const link[] = { "link", "l", "li", NULL };

	return count >= 3 && is_one_of(words[0], link) && text_equal(words[1], "set") &&
	       text_equal(words[count - 1], "up") && count <= 5;
}

/* One command's words. */
static void words_take(const struct run *run, const char *const *words, size_t count)
{
	static const char *const ip[] = { "ip", "/sbin/ip", "/bin/ip", "/usr/sbin/ip", "/usr/bin/ip", NULL };
	static const char *const families[] = { "-4", "-6", NULL };
	static const char *const addresses[] = { "a", "ad", "add", "addr", "address", NULL };
	static const char *const routes[] = { "r", "ro", "rou", "rout", "route", NULL };
	static const char *const adds[] = { "a", "ad", "add", "replace", NULL };

	if (count == 0)
		return;
	if (!is_one_of(words[0], ip)) {
		lose(run, "labsync runs nothing in a node that is up; put it into the image");
		return;
	}
	words++;
	count--;
	if (count > 0 && is_one_of(words[0], families)) {
		words++;
		count--;
	}
	if (is_link_up(words, count))
		return;
	if (count > 2 && is_one_of(words[0], addresses) && is_one_of(words[1], adds))
		address_add(run, words + 2, count - 2);
	else if (count > 2 && is_one_of(words[0], routes) && is_one_of(words[1], adds))
		route_add(run, words + 2, count - 2);
	else
		lose(run, "of the ip commands, only those that add addresses and routes are understood");
}

static void line_take(const struct run *run, const char *text)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct command_line line;

	if (command_line_split(&arena, text, &line))
		lose(run, "it is no command line");
	else
		words_take(run, line.words, line.count);
}

/* A shell's script, when it is nothing but commands one after another. */
static void script_take(const struct run *run, const char *script)
{
	if (strpbrk(script, "$`(){}<>|*?[]#!~'\"\\")) {
		lose(run, "labsync runs nothing in a node that is up; put it into the image");
		return;
	}
	while (*script) {
		size_t length = strcspn(script, ";&\n");
		cleanup(free) char *text = string_copy_n(script, length);

		line_take(run, text);
		script += length;
		script += strspn(script, ";&\n");
	}
}

static void command_take(const struct run *run)
{
	static const char *const shells[] = { "sh", "bash", "ash", "/bin/sh", "/bin/bash", "/bin/ash", NULL };
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct command_line line;

	if (run->place->kind != YAML_STRING || run->place->length > COMMAND_LENGTH_MAX ||
	    command_line_split(&arena, run->place->text, &line))
		lose(run, "it is no command line");
	else if (line.count == 3 && is_one_of(line.words[0], shells) && text_equal(line.words[1], "-c"))
		script_take(run, line.words[2]);
	else
		words_take(run, line.words, line.count);
}

static const struct yaml_node *commands_of(const struct wiring_node *node, size_t layer)
{
	const struct yaml_node *list = yaml_get(node->said.of[layer], "exec");

	return list && list->kind != YAML_NULL ? list : NULL;
}

/* The commands of one layer. */
static void commands_take(struct run *run, const struct yaml_node *list)
{
	run->place = list;
	if (list->kind != YAML_SEQUENCE || list->count > COMMANDS_MAX) {
		lose(run, "it must be a list of commands, and not endless");
		return;
	}
	for (size_t i = 0; i < list->count; i++) {
		run->place = list->items[i];
		command_take(run);
	}
}

/* Unlike other settings, the commands of all layers count, the weakest first. */
void exec_take(struct reader *reader, struct wiring_node *node)
{
	struct run run = { .reader = reader, .node = node };

	for (run.pass = PASS_ADDRESSES; run.pass <= PASS_ROUTES; run.pass++)
		for (size_t layer = SAID_COUNT; layer-- > 0;) {
			const struct yaml_node *list = commands_of(node, layer);

			if (list)
				commands_take(&run, list);
		}
}

void exec_refuse(struct reader *reader, const struct wiring_node *node)
{
	for (size_t layer = SAID_COUNT; layer-- > 0;) {
		const struct yaml_node *list = commands_of(node, layer);

		if (list)
			loss_warn(reader, list->line, list->column, "exec is left out: %s",
				  node->role == KIND_SRL ? "SR Linux is configured by its own configuration"
							 : "containerlab runs it beside the VM, not in it");
	}
}
