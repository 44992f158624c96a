#include "render/objects/placement.h"

#include "tests/unit/render/outcome.h"

static const int64_t two = 2, minute = 60;

static const char together[] = "{\"labelSelector\":{\"matchLabels\":{\"labsync.dev/"
			       "linked\":\"l\"}},\"topologyKey\":\"kubernetes.io/hostname\"}";

START_TEST(a_node_runs_where_it_is_told)
{
	static const char *const keys[] = { "zone" };
	static const void *const values[] = { "a" };
	static const struct value_map selector = { .count = 1, .keys = keys, .values = values };
	static const struct lab_toleration toleration = {
		.key = "lab", .operator= "Exists", .effect = "NoExecute", .seconds = &minute
	};
	static const void *const items[] = { &toleration };
	static const struct value_list tolerations = { .count = 1, .items = items };
	static const struct lab_spread spread = { .topology_key = "zone",
						  .max_skew = &two,
						  .when_unsatisfiable = "DoNotSchedule" };
	static const struct lab_placement placement = { .node_selector = &selector,
							.tolerations = &tolerations,
							.spread = &spread,
							.priority_class = "high",
							.scheduler = "other" };
	struct model model;
	cleanup(json) json_t *machine = json_object(), *pod = json_object();

	model_init(&model);
	model.link.driver = LINK_OVN;
	model.vm.placement = model.pod.placement = &placement;
	placement_set(&model.lab, &model.nodes[MODEL_VM], machine);
	placement_set(&model.lab, &model.nodes[MODEL_POD], pod);
	assert_json(machine,
		    "{\"nodeSelector\":{\"zone\":\"a\"},\"priorityClassName\":\"high\",\"schedulerName\":\"other\","
		    "\"tolerations\":[{\"effect\":\"NoExecute\",\"key\":\"lab\",\"operator\":\"Exists\","
		    "\"tolerationSeconds\":60}],"
		    "\"topologySpreadConstraints\":[{\"labelSelector\":{\"matchLabels\":"
		    "{\"app.kubernetes.io/part-of\":\"l\"}},\"maxSkew\":2,\"topologyKey\":\"zone\","
		    "\"whenUnsatisfiable\":\"DoNotSchedule\"}]}");
	ck_assert(json_equal(machine, pod));
}
END_TEST

START_TEST(the_persons_affinity_is_kept_beside_ours)
{
	static const char theirs[] = "nodeAffinity: {x: 1}\n"
				     "podAffinity:\n"
				     "  requiredDuringSchedulingIgnoredDuringExecution:\n"
				     "  - {topologyKey: zone}\n";
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct lab_placement placement = { .affinity = yaml_read(&arena, theirs) };
	struct model model;
	cleanup(json) json_t *affinity = NULL;
	cleanup(free) char *wanted =
		string_format("{\"nodeAffinity\":{\"x\":1},\"podAffinity\":{"
			      "\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"zone\"},%s]}}",
			      together);

	model_init(&model);
	model.vm.placement = &placement;
	affinity = placement_affinity_build(&model.lab, &model.nodes[MODEL_VM]);
	assert_json(affinity, wanted);
}
END_TEST

START_TEST(nodes_of_the_lab_run_apart)
{
	static const void *const names[] = { "p1", "p2" };
	static const struct value_list apart = { .count = 2, .items = names };
	struct lab_placement placement = { .anti_affinity = &apart };
	struct model model;
	cleanup(json) json_t *affinity = NULL;

	model_init(&model);
	model.link.driver = LINK_OVN;
	model.vm.placement = &placement;
	affinity = placement_affinity_build(&model.lab, &model.nodes[MODEL_VM]);
	assert_json(affinity, "{\"podAntiAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{"
			      "\"labelSelector\":{\"matchExpressions\":[{\"key\":\"app.kubernetes.io/name\","
			      "\"operator\":\"In\",\"values\":[\"p1\",\"p2\"]}],"
			      "\"matchLabels\":{\"app.kubernetes.io/part-of\":\"l\"}},"
			      "\"topologyKey\":\"kubernetes.io/hostname\"}]}}");
}
END_TEST

START_TEST(only_links_of_one_worker_bind)
{
	static const enum link_driver drivers[] = { LINK_BRIDGE, LINK_OVN, LINK_K8SLAN };

	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++) {
		struct model model;
		cleanup(json) json_t *affinity = NULL, *labels = json_object();

		model_init(&model);
		model.link.driver = drivers[i];
		affinity = placement_affinity_build(&model.lab, &model.nodes[MODEL_VM]);
		placement_add_label(&model.lab, &model.nodes[MODEL_VM], labels);
		ck_assert_int_eq(affinity != NULL, drivers[i] == LINK_BRIDGE);
		ck_assert_uint_eq(json_object_size(labels), drivers[i] == LINK_BRIDGE);
	}
}
END_TEST

START_TEST(what_can_never_be_placed_is_told)
{
	static const void *const names[] = { "p1" };
	static const struct place places[] = { { .path = "labs/defaults.yaml", .line = 7, .column = 3 } };
	static const struct value_list apart = { .count = 1, .items = names, .places = places };
	struct lab_placement placement = { .anti_affinity = &apart };
	cleanup(outcome) struct outcome bound, free_to_go;
	struct model model;

	model_init(&model);
	model.vm.placement = &placement;
	outcome_init(&bound, &model);
	model.nodes[MODEL_POD].interface_count = 0;
	outcome_init(&free_to_go, &model);
	ck_assert(!bound.good);
	ck_assert_uint_eq(bound.lab.count, 0);
	ck_assert_str_eq(bound.diagnostics.items[0].path, "labs/defaults.yaml");
	ck_assert_uint_eq(bound.diagnostics.items[0].line, 7);
	ck_assert_str_eq(bound.diagnostics.items[0].message,
			 "node \"r1\" cannot run apart from \"p1\", since both are on links of the driver bridge, "
			 "which stay on one worker; use another driver for the links, or leave out the "
			 "anti-affinity");
	assert_good(&free_to_go);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		a_node_runs_where_it_is_told,  the_persons_affinity_is_kept_beside_ours, nodes_of_the_lab_run_apart,
		only_links_of_one_worker_bind, what_can_never_be_placed_is_told,
	};

	return suite_run("placement", tests, ARRAY_SIZE(tests));
}
