/* Links that join another lab's: where the nodes run, and what they are plugged into. */
#include "render/lab/lab.h"

#include "base/json.h"
#include "base/text.h"
#include "render/render.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

enum { LAB_NAMES = 4 };

#define LAB(name, links)                                                                                             \
	"---\napiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: " name ", namespace: labs}\nspec:\n"     \
	"  nodes: {pod-1: {pod: {image: x}}, pod-2: {pod: {image: x}}}\n  links: {" links "}\n"
#define LAN "lan: {nodes: [{node: pod-1}, {node: pod-2}]}"
#define LINK(driver) "lan: {driver: " driver ", nodes: [{node: pod-1}, {node: pod-2}]}"
#define JOIN(name, target) name ": {join: " target ", nodes: [{node: pod-1}]}"
#define CONFIG                                                                                                       \
	"---\napiVersion: knl.kubenetlab.net/v1beta1\nkind: KNLConfig\nmetadata: {name: knlcfg, namespace: labs}\n"  \
	"spec: {defaultVxlanDev: eth0}\n"

static const struct {
	const char *text;
	const char *groups[LAB_NAMES]; /* of the labs by name; NULL: its own worker */
} workers[] = {
	{ LAB("a", LAN) LAB("b", LAN), { NULL, NULL } },
	{ LAB("a", LAN) LAB("b", JOIN("up", "a/lan")), { "a", "a" } },
	{ LAB("a", JOIN("up", "b/lan")) LAB("b", LAN), { "b", "b" } },
	{ LAB("a", LINK("ovn")) LAB("b", JOIN("up", "a/lan")), { NULL, NULL } },
	{ LAB("a", LINK("ovs, bridge: br1")) LAB("b", JOIN("up", "a/lan")), { NULL, NULL } },
	/* Two that were apart come together. */
	{ LAB("a", LAN) LAB("b", JOIN("up", "a/lan") ", " JOIN("down", "c/lan")) LAB("c", LAN), { "a", "a", "a" } },
	{ LAB("a", LAN) LAB("b", JOIN("up", "a/lan") ", " LAN) LAB("c", JOIN("up", "b/lan")) LAB("d", LAN),
	  { "a", "a", "a", NULL } },
	/* Each joins the other: neither leads. */
	{ LAB("a", JOIN("up", "b/lan") ", " LAN) LAB("b", JOIN("up", "a/lan") ", " LAN), { "a", "a" } },
};

START_TEST(labs_share_a_worker)
{
	for (size_t i = 0; i < ARRAY_SIZE(workers); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(free) char *lines = NULL;

		lab_reading_read_text(&reading, workers[i].text);
		lines = lab_reading_lines_new(&reading);
		ck_assert_str_eq(lines, "");
		for (size_t j = 0; j < reading.set.count; j++)
			ck_assert_msg(text_equal(reading.set.labs[j]->worker_group, workers[i].groups[j]),
				      "%s: %s runs with %s", workers[i].text, reading.set.labs[j]->name,
				      reading.set.labs[j]->worker_group);
	}
}
END_TEST

static void render_text(struct render_result *result, const char *text)
{
	const struct lab_file file = { "a.yaml", text, strlen(text) };
	const struct lab_options options = { .default_namespace = "labs" };

	render_labs(&file, 1, &options, result);
}

static const json_t *object_of(const struct render_result *result, const char *kind, const char *name)
{
	for (size_t i = 0; i < result->count; i++)
		for (size_t j = 0; j < result->labs[i].count; j++) {
			const json_t *value = result->labs[i].objects[j].value;

			if (text_equal(json_text_at(value, "kind", NULL), kind) &&
			    text_equal(json_text_at(value, "metadata", "name", NULL), name))
				return value;
		}
	ck_abort_msg("there is no %s %s", kind, name);
	return NULL;
}

static const char *links_digest(const struct render_result *result, const char *deployment)
{
	return json_text_at(object_of(result, "Deployment", deployment), "spec", "template", "metadata",
			    "annotations", "labsync.dev/links-digest", NULL);
}

/* A change of the link reaches all that hang on it, in whichever lab. */
START_TEST(joined_nodes_change_with_the_link)
{
	static const char *const drivers[] = { "bridge", "ovn", "ovs, bridge: br1", "k8slan" };

	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++) {
		cleanup(free) char *text =
			string_format(LAB("a", LINK("%s")) LAB("b", JOIN("up", "a/lan")) CONFIG, drivers[i]);
		cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

		render_text(&result, text);
		ck_assert_uint_eq(result.diagnostics.count, 0);
		ck_assert_pstr_eq(links_digest(&result, "b-pod-1"), links_digest(&result, "a-pod-1"));
		ck_assert_ptr_nonnull(links_digest(&result, "a-pod-1"));
	}
}
END_TEST

START_TEST(nothing_is_made_twice)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	size_t attachments = 0;

	render_text(&result, LAB("a", LAN) LAB("b", JOIN("up", "a/lan")));
	for (size_t i = 0; i < result.labs[1].count; i++)
		attachments += text_equal(json_text_at(result.labs[1].objects[i].value, "kind", NULL),
					  "NetworkAttachmentDefinition");
	ck_assert_uint_eq(attachments, 0);
	ck_assert_str_eq(json_text_at(object_of(&result, "Deployment", "b-pod-1"), "spec", "template", "metadata",
				      "annotations", "k8s.v1.cni.cncf.io/networks", NULL),
			 "[{\"mac\":\"8a:85:33:21:ee:e2\",\"name\":\"a-lan\"}]");
	ck_assert_str_eq(json_text_at(object_of(&result, "Deployment", "b-pod-1"), "spec", "template", "metadata",
				      "labels", "labsync.dev/linked", NULL),
			 "a");
}
END_TEST

/* All spokes of the LAN, and that on which b's end is. The caller frees. */
static char *spokes_new(const char *text)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	struct buffer out = BUFFER_INIT;
	const json_t *spokes, *networks;
	json_t *spoke;
	size_t i;

	render_text(&result, text);
	ck_assert_uint_eq(result.diagnostics.count, 0);
	spokes = json_at(object_of(&result, "LAN", "a-lan"), "spec", "spokes", NULL);
	json_array_foreach (spokes, i, spoke)
		buffer_format(&out, "%s ", strchr(json_string_value(spoke), '-') + 1);
	networks = json_at(object_of(&result, "Deployment", "b-pod-1"), "spec", "template", "metadata", "annotations",
			   "k8s.v1.cni.cncf.io/networks", NULL);
	buffer_append_text(&out, json_string_value(networks));
	return buffer_steal(&out);
}

START_TEST(spokes_stay_when_others_come)
{
	cleanup(free) char *alone = spokes_new(LAB("a", LINK("k8slan")) LAB("b", JOIN("up", "a/lan")) CONFIG);
	cleanup(free) char *among = spokes_new(LAB("a", LINK("k8slan")) LAB("aa", JOIN("up", "a/lan")) LAB(
		"b", JOIN("up", "a/lan")) LAB("c", JOIN("up", "a/lan")) CONFIG);

	ck_assert_str_eq(alone, "0 1 2835 [{\"name\":\"k8slan-veth-a-lan-lsa2a041-2835\"}]");
	ck_assert_str_eq(among, "0 1 2815 2835 3000 [{\"name\":\"k8slan-veth-a-lan-lsa2a041-2835\"}]");
}
END_TEST

#define LONG_NAME "a23456789-b23456789-c23456789-d2345"

START_TEST(names_of_spokes_are_bounded)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;

	lab_reading_read_text(&reading, LAB(LONG_NAME, LINK("k8slan")) LAB("b", JOIN("up", LONG_NAME "/lan")) CONFIG);
	lines = lab_reading_lines_new(&reading);
	ck_assert_str_eq(
		lines, "labs/a.yaml:14:22: error: link \"up\" joins \"" LONG_NAME
		       "/lan\" of driver k8slan, whose name is too long for ends of other labs; shorten that of the "
		       "lab or of the link\n");
}
END_TEST

START_TEST(a_lan_is_full_some_time)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	buffer_append_text(&text, LAB("a", LINK("k8slan")) CONFIG);
	for (size_t lab = 0; lab < 4; lab++) {
		buffer_format(
			&text,
			"---\napiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: b%zu, namespace: "
			"labs}\nspec:\n"
			"  nodes: {web: {pod: {image: x, replicas: 100}}}\n  links:\n    up:\n      join: a/lan\n"
			"      nodes: [",
			lab);
		for (size_t end = 0; end < 8; end++)
			buffer_format(&text, "%s{node: web}", end ? ", " : "");
		buffer_append_text(&text, "]\n");
	}
	render_text(&result, buffer_text(&text));
	ck_assert_uint_eq(result.diagnostics.count, 4);
	for (size_t i = 0; i < result.diagnostics.count; i++)
		ck_assert_str_eq(
			result.diagnostics.items[i].message,
			"link \"up\" joins \"a/lan\" of driver k8slan, which has no more room for ends; use another "
			"driver");
	ck_assert(result.labs[0].valid && !result.labs[1].valid);
}
END_TEST

START_TEST(macs_of_pods_on_a_lan_are_its_own)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;

	lab_reading_read_text(&reading,
			      LAB("a", LINK("k8slan"))
				      LAB("b", "up: {join: a/lan, nodes: [{node: pod-1, mac: '02:00:00:00:00:01'}]}")
					      CONFIG);
	lines = lab_reading_lines_new(&reading);
	ck_assert_str_eq(
		lines, "labs/a.yaml:14:51: warning: mac has no effect here: k8slan gives a pod's interface a MAC of "
		       "its own\n");
}
END_TEST

/* What could not be read may be what is missing. */
START_TEST(unread_files_are_thought_of)
{
	static const struct lab_file files[] = {
		{ "a.yaml", LAB("b", JOIN("up", "a/lan")), sizeof(LAB("b", JOIN("up", "a/lan"))) - 1 },
		{ "b.yaml", "kind: [", sizeof("kind: [") - 1 },
	};
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

	lab_reading_read(&reading, files, ARRAY_SIZE(files));
	ck_assert(!reading.set.complete && !reading.set.labs[0]->valid);
	ck_assert_str_eq(
		reading.diagnostics.items[0].message,
		"link \"up\" joins lab \"a\", which is not in namespace \"labs\" of the files that could be read");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { labs_share_a_worker,
				       joined_nodes_change_with_the_link,
				       nothing_is_made_twice,
				       spokes_stay_when_others_come,
				       names_of_spokes_are_bounded,
				       a_lan_is_full_some_time,
				       macs_of_pods_on_a_lan_are_its_own,
				       unread_files_are_thought_of };

	return suite_run("joins", tests, ARRAY_SIZE(tests));
}
