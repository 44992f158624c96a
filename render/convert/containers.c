#include "render/convert/containers.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "render/convert/body_parts.h"
#include "render/convert/joined.h"
#include "render/lab/bare_image.h"
#include "render/lab/command_line.h"
#include "render/lab/srl_chassis.h"

/* What containerlab plays when nothing is said. */
#define SRL_TYPE_DEFAULT "ixr-d2l"

/* A command line as a pod's list of words. */
static void words_set(struct reader *reader, const struct wiring_node *node, const char *name, const char *target,
		      json_t *pod)
{
	const char *text = layers_text(reader, &node->said, name);
	struct command_line line;
	json_t *words;

	if (text == NULL || *text == '\0')
		return;
	if (command_line_split(reader->arena, text, &line)) {
		body_lose(reader, node, name, "it is no command line");
		return;
	}
	words = json_array();
	for (size_t i = 0; i < line.count; i++)
		json_array_append_new(words, json_string(line.words[i]));
	json_object_set_new(pod, target, words);
}

/* As with Docker, an entrypoint takes the place of the image's, and of its arguments. */
static void command_set(struct reader *reader, const struct wiring_node *node, const char *image, json_t *pod)
{
	words_set(reader, node, "entrypoint", "command", pod);
	words_set(reader, node, "cmd", "args", pod);
	if (json_object_get(pod, "command") || json_object_get(pod, "args") || !is_bare_image(image))
		return;
	json_set_text(pod, "cmd", "sleep infinity");
	loss_warn(reader, node->line, node->column, "node %s gets cmd: sleep infinity, as its image ends by itself",
		  reader_quote(reader, node->name));
}

static void pull_policy_set(struct reader *reader, const struct wiring_node *node, json_t *pod)
{
	static const char *const policies[] = { "Always", "IfNotPresent", "Never" };
	const char *text = layers_text(reader, &node->said, "image-pull-policy");

	for (size_t i = 0; text && i < sizeof(policies) / sizeof(policies[0]); i++)
		if (strcasecmp(text, policies[i]) == 0) {
			json_set_text(pod, "pullPolicy", policies[i]);
			return;
		}
	if (text)
		body_lose(reader, node, "image-pull-policy", "write it as Always, IfNotPresent or Never");
}

static void resources_set(struct reader *reader, const struct wiring_node *node, json_t *body)
{
	body_set_memory(reader, node, body);
	json_set_text(body, "cpu", layers_text(reader, &node->said, "cpu"));
	body_set_ports(reader, node, body);
}

/* `value` is stolen; NULL for nothing. */
static void part_set(json_t *body, const char *key, json_t *value)
{
	if (value)
		json_object_set_new(body, key, value);
}

json_t *pod_body_build(struct reader *reader, const struct wiring_node *node)
{
	const char *image = layers_text(reader, &node->said, "image");
	json_t *pod = json_pack("{s:s, s:b}", "image", image, "privileged", true);

	command_set(reader, node, image, pod);
	part_set(pod, "env", joined_environment_build(reader, node));
	part_set(pod, "files", joined_files_build(reader, node));
	pull_policy_set(reader, node, pod);
	resources_set(reader, node, pod);
	body_lose(reader, node, "type", "a pod has none");
	return pod;
}

/* Both "ixr-d2l" and the older "ixrd2l"; NULL when it is none that a lab knows. */
static const char *chassis_name(struct arena *arena, const char *type)
{
	const char *dashed = NULL;
	struct srl_chassis chassis;

	if (strncasecmp(type, "ix", 2) == 0 && strlen(type) > 3 && type[3] != '-')
		dashed = arena_format(arena, "%.3s-%s", type, type + 3);
	if (srl_chassis_parse(type, &chassis))
		return type;
	return dashed && srl_chassis_parse(dashed, &chassis) ? dashed : NULL;
}

static void chassis_set(struct reader *reader, const struct wiring_node *node, json_t *srl)
{
	const char *type = layers_text(reader, &node->said, "type");
	const char *chassis = chassis_name(reader->arena, type ? type : SRL_TYPE_DEFAULT);

	if (chassis)
		json_set_text(srl, "chassis", chassis);
	else
		body_lose(reader, node, "type", "a lab does not know this chassis and takes " SRL_CHASSIS_DEFAULT);
}

json_t *srl_body_build(struct reader *reader, const struct wiring_node *node)
{
	static const char *const own[] = { "binds", "cmd", "entrypoint", "env", "image-pull-policy" };
	json_t *srl = json_pack("{s:s}", "image", layers_text(reader, &node->said, "image"));

	chassis_set(reader, node, srl);
	resources_set(reader, node, srl);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		body_lose(reader, node, own[i], "a lab runs SR Linux in its own way");
	return srl;
}

/* "ethernet-1/3/1" and "e1-3-1" */
const char *srl_port_name(struct arena *arena, const char *interface)
{
	static const char word[] = "ethernet-";
	char *name;

	if (!text_starts_with(interface, word))
		return *interface == 'e' && interface[1] >= '0' && interface[1] <= '9' ? interface : NULL;
	name = arena_format(arena, "e%s", interface + strlen(word));
	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '-';
	return name;
}
