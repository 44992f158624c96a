#include "render/objects/machine.h"

#include "tests/unit/render/outcome.h"

static const bool yes = true, no = false;
static const int64_t one = 1, two = 2, four = 4, port = 8080;

static const json_t *machine_of(const struct outcome *outcome)
{
	return object_find(outcome, "VirtualMachine", "l-r1");
}

START_TEST(a_processor_is_as_told)
{
	static const struct lab_cpu_topology topology = {
		.sockets = &two, .cores = &one, .threads = &two, .max_sockets = &four
	};
	static const struct lab_cpu_feature vmx = { .name = "vmx", .policy = "require" }, hle = { .name = "hle" };
	static const void *const features[] = { &vmx, &hle };
	static const struct value_list list = { .count = 2, .items = features };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.vm.cpu = NULL;
	model.vm.cpu_topology = &topology;
	model.vm.cpu_model = "Haswell";
	model.vm.cpu_features = &list;
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	assert_json(json_at(outcome_machine_spec(&outcome), "domain", "cpu", NULL),
		    "{\"cores\":1,\"features\":[{\"name\":\"vmx\",\"policy\":\"require\"},{\"name\":\"hle\"}],"
		    "\"maxSockets\":4,\"model\":\"Haswell\",\"sockets\":2,\"threads\":2}");
}
END_TEST

START_TEST(features_go_beside_an_instancetype)
{
	static const struct lab_cpu_feature vmx = { .name = "vmx" };
	static const void *const features[] = { &vmx };
	static const struct value_list list = { .count = 1, .items = features };
	static const struct lab_instancetype type = { .name = "u1.small" };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.vm.instancetype = &type;
	model.vm.cpu_features = &list;
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	assert_json(json_at(outcome_machine_spec(&outcome), "domain", "cpu", NULL),
		    "{\"features\":[{\"name\":\"vmx\"}]}");
}
END_TEST

/* KubeVirt refuses a VM that says for itself what its instancetype says. */
START_TEST(an_instancetype_stands_for_processor_and_memory)
{
	static const struct lab_instancetype type = { .name = "u1.small" };
	static const struct lab_instancetype preference = { .name = "fedora", .kind = "VirtualMachinePreference" };
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *spec;

	model_init(&model);
	model.vm.instancetype = &type;
	model.vm.preference = &preference;
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	spec = outcome_machine_spec(&outcome);
	assert_json(json_at(machine_of(&outcome), "spec", "instancetype", NULL), "{\"name\":\"u1.small\"}");
	assert_json(json_at(machine_of(&outcome), "spec", "preference", NULL),
		    "{\"kind\":\"VirtualMachinePreference\",\"name\":\"fedora\"}");
	ck_assert_ptr_null(json_at(spec, "domain", "cpu", NULL));
	ck_assert_ptr_null(json_at(spec, "domain", "memory", NULL));
	ck_assert_ptr_null(json_at(spec, "domain", "devices", "autoattachGraphicsDevice", NULL));
	ck_assert_ptr_null(json_at(spec, "terminationGracePeriodSeconds", NULL));
}
END_TEST

START_TEST(firmware_says_outright_whether_it_is_secure)
{
	static const struct {
		struct lab_firmware firmware;
		const char *bootloader, *features;
	} cases[] = {
		{ { .bootloader = "bios" }, "{\"bios\":{}}", NULL },
		{ { .bootloader = "efi" }, "{\"efi\":{\"secureBoot\":false}}", NULL },
		{ { .bootloader = "efi", .secure_boot = &no, .persistent = &no },
		  "{\"efi\":{\"secureBoot\":false}}",
		  NULL },
		{ { .bootloader = "efi", .secure_boot = &yes, .persistent = &yes },
		  "{\"efi\":{\"persistent\":true,\"secureBoot\":true}}",
		  "{\"smm\":{\"enabled\":true}}" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(outcome) struct outcome outcome;
		struct model model;
		const json_t *domain;

		model_init(&model);
		model.vm.firmware = &cases[i].firmware;
		outcome_init(&outcome, &model);
		assert_good(&outcome);
		domain = json_at(outcome_machine_spec(&outcome), "domain", NULL);
		assert_json(json_at(domain, "firmware", "bootloader", NULL), cases[i].bootloader);
		if (cases[i].features)
			assert_json(json_object_get(domain, "features"), cases[i].features);
		else
			ck_assert_ptr_null(json_object_get(domain, "features"));
	}
}
END_TEST

START_TEST(a_machine_has_the_identity_that_it_was_given)
{
	static const struct lab_firmware firmware = { .uuid = "5d307ca9-b3ef-428c-8861-06e72d69f223",
						      .serial = "e4686d2c" };
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *spec;

	model_init(&model);
	model.vm.firmware = &firmware;
	model.vm.machine = "pc-q35-rhel9.4.0";
	model.vm.architecture = "amd64";
	model.vm.hostname = "edge";
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	spec = outcome_machine_spec(&outcome);
	assert_json(json_at(spec, "domain", "firmware", NULL),
		    "{\"serial\":\"e4686d2c\",\"uuid\":\"5d307ca9-b3ef-428c-8861-06e72d69f223\"}");
	assert_json(json_at(spec, "domain", "machine", NULL), "{\"type\":\"pc-q35-rhel9.4.0\"}");
	ck_assert_str_eq(json_text_at(spec, "architecture", NULL), "amd64");
	ck_assert_str_eq(json_text_at(spec, "hostname", NULL), "edge");
}
END_TEST

START_TEST(a_machine_lives_as_told)
{
	cleanup(outcome) struct outcome plain, told, off;
	struct model model;

	model_init(&model);
	outcome_init(&plain, &model);
	model.vm.run_strategy = "Always";
	model.vm.restart_policy = "Automatic";
	model.vm.eviction_strategy = "LiveMigrate";
	model.vm.grace_period = &four;
	outcome_init(&told, &model);
	model.lab.powered_off = true;
	outcome_init(&off, &model);
	ck_assert_str_eq(json_text_at(machine_of(&plain), "spec", "runStrategy", NULL), "RerunOnFailure");
	ck_assert_str_eq(json_text_at(machine_of(&told), "spec", "runStrategy", NULL), "Always");
	ck_assert_str_eq(json_text_at(machine_of(&off), "spec", "runStrategy", NULL), "Halted");
	ck_assert_ptr_null(
		json_text_at(machine_of(&plain), "metadata", "annotations", "labsync.dev/restart-policy", NULL));
	ck_assert_str_eq(
		json_text_at(machine_of(&told), "metadata", "annotations", "labsync.dev/restart-policy", NULL),
		"Automatic");
	ck_assert_ptr_null(json_at(outcome_machine_spec(&plain), "evictionStrategy", NULL));
	ck_assert_str_eq(json_text_at(outcome_machine_spec(&told), "evictionStrategy", NULL), "LiveMigrate");
	assert_json(json_at(outcome_machine_spec(&plain), "terminationGracePeriodSeconds", NULL), "60");
	assert_json(json_at(outcome_machine_spec(&told), "terminationGracePeriodSeconds", NULL), "4");
}
END_TEST

START_TEST(a_machine_is_probed_as_told)
{
	static const struct lab_http_get get = { .port = &port, .path = "/healthz" };
	static const struct lab_guest_agent_ping ping = { .settings = { .origins = NULL } };
	static const struct lab_probe ready = { .http_get = &get, .period = &two, .failure_threshold = &four };
	static const struct lab_probe alive = { .guest_agent_ping = &ping, .initial_delay = &port };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.vm.readiness_probe = &ready;
	model.vm.liveness_probe = &alive;
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	assert_json(json_at(outcome_machine_spec(&outcome), "readinessProbe", NULL),
		    "{\"failureThreshold\":4,\"httpGet\":{\"path\":\"/healthz\",\"port\":8080},\"periodSeconds\":2}");
	assert_json(json_at(outcome_machine_spec(&outcome), "livenessProbe", NULL),
		    "{\"guestAgentPing\":{},\"initialDelaySeconds\":8080}");
}
END_TEST

START_TEST(credentials_come_from_secrets)
{
	static const void *const names[] = { "root", "ops" };
	static const struct value_list users = { .count = 2, .items = names };
	static const struct lab_access_credential keys = { .ssh_public_key_secret = "keys", .users = &users };
	static const struct lab_access_credential ours = { .ssh_public_key_secret = "ours" };
	static const struct lab_access_credential seed = { .ssh_public_key_secret = "seed", .method = "noCloud" };
	static const struct lab_access_credential word = { .user_password_secret = "word" };
	static const void *const items[] = { &keys, &ours, &seed, &word };
	static const struct value_list list = { .count = 4, .items = items };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.vm.access_credentials = &list;
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	assert_json(json_at(outcome_machine_spec(&outcome), "accessCredentials", NULL),
		    "[{\"sshPublicKey\":{\"propagationMethod\":{\"qemuGuestAgent\":{\"users\":[\"root\",\"ops\"]}},"
		    "\"source\":{\"secret\":{\"secretName\":\"keys\"}}}},"
		    "{\"sshPublicKey\":{\"propagationMethod\":{\"qemuGuestAgent\":{\"users\":[\"lab\"]}},"
		    "\"source\":{\"secret\":{\"secretName\":\"ours\"}}}},"
		    "{\"sshPublicKey\":{\"propagationMethod\":{\"noCloud\":{}},"
		    "\"source\":{\"secret\":{\"secretName\":\"seed\"}}}},"
		    "{\"userPassword\":{\"propagationMethod\":{\"qemuGuestAgent\":{}},"
		    "\"source\":{\"secret\":{\"secretName\":\"word\"}}}}]");
}
END_TEST

START_TEST(labels_of_the_lab_go_everywhere_but_over_ours)
{
	static const char *const keys[] = { "team", "app.kubernetes.io/part-of" };
	static const void *const values[] = { "red", "theirs" };
	static const struct value_map labels = { .count = 2, .keys = keys, .values = values };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.lab.labels = &labels;
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	for (size_t i = 0; i < outcome.lab.count; i++) {
		const json_t *given = json_at(outcome.lab.objects[i].value, "metadata", "labels", NULL);

		ck_assert_pstr_eq(json_text_at(given, "team", NULL), "red");
		ck_assert_pstr_eq(json_text_at(given, "app.kubernetes.io/part-of", NULL), "l");
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		a_processor_is_as_told,
		an_instancetype_stands_for_processor_and_memory,
		features_go_beside_an_instancetype,
		firmware_says_outright_whether_it_is_secure,
		a_machine_has_the_identity_that_it_was_given,
		a_machine_lives_as_told,
		a_machine_is_probed_as_told,
		credentials_come_from_secrets,
		labels_of_the_lab_go_everywhere_but_over_ours,
	};

	return suite_run("machine", tests, ARRAY_SIZE(tests));
}
