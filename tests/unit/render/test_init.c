#include "render/objects/init.h"

#include "tests/unit/render/outcome.h"

static const char secret_name[] = "l-r1-init";

static const json_t *secret_of(const struct outcome *outcome)
{
	return object_find(outcome, "Secret", secret_name);
}

static json_t *user_data_new(struct outcome *outcome, const struct model *model)
{
	outcome_init(outcome, model);
	assert_good(outcome);
	return secret_yaml_new(secret_of(outcome), "userdata");
}

static const char *digest_of(const struct outcome *outcome)
{
	const json_t *machine = object_find(outcome, "VirtualMachine", "l-r1");

	return json_text_at(machine, "spec", "template", "metadata", "annotations", "labsync.dev/init-digest", NULL);
}

START_TEST(the_user_gets_in_as_told)
{
	static const void *const texts[] = { "ssh-ed25519 AAAA a@b" };
	static const struct value_list keys = { .count = 1, .items = texts };
	static const struct {
		const char *password, *hash, *secret;
		bool with_keys;
		const char *user;
	} cases[] = {
		{ NULL, "$6$salt$hash", NULL, false,
		  "{\"hashed_passwd\":\"$6$salt$hash\",\"lock_passwd\":false,\"name\":\"lab\","
		  "\"shell\":\"/bin/bash\",\"sudo\":\"ALL=(ALL) NOPASSWD:ALL\"}" },
		{ NULL, NULL, "words", false,
		  "{\"lock_passwd\":true,\"name\":\"lab\",\"shell\":\"/bin/bash\",\"sudo\":\"ALL=(ALL) "
		  "NOPASSWD:ALL\"}" },
		{ NULL, NULL, NULL, true,
		  "{\"lock_passwd\":true,\"name\":\"lab\",\"shell\":\"/bin/bash\","
		  "\"ssh_authorized_keys\":[\"ssh-ed25519 AAAA a@b\"],\"sudo\":\"ALL=(ALL) NOPASSWD:ALL\"}" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(outcome) struct outcome outcome;
		cleanup(json) json_t *config = NULL;
		struct model model;
		const json_t *credentials;

		model_init(&model);
		model.vm.password = cases[i].password;
		model.vm.password_hash = cases[i].hash;
		model.vm.password_secret = cases[i].secret;
		model.vm.ssh_keys = cases[i].with_keys ? &keys : NULL;
		config = user_data_new(&outcome, &model);
		assert_json(json_array_get(json_object_get(config, "users"), 0), cases[i].user);
		ck_assert_int_eq(json_is_true(json_object_get(config, "ssh_pwauth")), !cases[i].with_keys);
		credentials = json_object_get(outcome_machine_spec(&outcome), "accessCredentials");
		ck_assert_int_eq(credentials != NULL, cases[i].secret != NULL);
	}
}
END_TEST

START_TEST(own_cloud_init_is_laid_over_ours)
{
	static const char own[] = "hostname: theirs\n"
				  "packages: [tcpdump]\n"
				  "users:\n"
				  "- default\n"
				  "- {name: lab, shell: /bin/zsh, groups: [wireshark]}\n"
				  "- {name: eve, lock_passwd: true}\n"
				  "updates: {network: {when: [hotplug, boot]}}\n"
				  "ssh_pwauth: null\n"
				  "write_files: [{path: /etc/motd, content: hi}]\n";
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(outcome) struct outcome outcome;
	cleanup(json) json_t *config = NULL;
	struct lab_own_init given = { .user_data = yaml_read(&arena, own) };
	struct model model;

	model_init(&model);
	model.vm.password = NULL;
	model.vm.password_hash = "H";
	model.vm.cloud_init = &given;
	config = user_data_new(&outcome, &model);
	assert_json(config, "{\"hostname\":\"theirs\",\"packages\":[\"tcpdump\"],"
			    "\"updates\":{\"network\":{\"when\":[\"boot-new-instance\",\"boot\",\"hotplug\"]}},"
			    "\"users\":[{\"groups\":[\"wireshark\"],\"hashed_passwd\":\"H\",\"lock_passwd\":false,"
			    "\"name\":\"lab\",\"shell\":\"/bin/zsh\",\"sudo\":\"ALL=(ALL) NOPASSWD:ALL\"},"
			    "\"default\",{\"lock_passwd\":true,\"name\":\"eve\"}],"
			    "\"write_files\":[{\"content\":\"hi\",\"path\":\"/etc/motd\"}]}");
}
END_TEST

START_TEST(text_with_the_mark_of_a_cloud_config_is_merged_too)
{
	static const char text[] = "#cloud-config\npackages: [tcpdump]\nusers:\n- {name: lab, passwd: X}\n";
	static const struct lab_text_file file = { .path = "labs/init.yaml",
						   .text = text,
						   .length = sizeof(text) - 1 };
	static const struct lab_own_init given = { .file = &file };
	cleanup(outcome) struct outcome outcome;
	cleanup(json) json_t *config = NULL;
	struct model model;
	const json_t *user;

	model_init(&model);
	model.vm.cloud_init = &given;
	config = user_data_new(&outcome, &model);
	user = json_array_get(json_object_get(config, "users"), 0);
	assert_json(json_object_get(config, "packages"), "[\"tcpdump\"]");
	ck_assert_str_eq(json_text_at(user, "passwd", NULL), "X");
	ck_assert_ptr_null(json_object_get(user, "hashed_passwd"));
}
END_TEST

START_TEST(own_cloud_init_that_is_none_is_told_at_its_place)
{
	static const char text[] = "#cloud-config\na: [\n";
	static const struct lab_text_file file = { .path = "labs/init.yaml",
						   .text = text,
						   .length = sizeof(text) - 1 };
	static const struct lab_own_init from_file = { .file = &file };
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct lab_own_init inside = { .user_data = yaml_read(&arena, "x: |\n  #cloud-config\n  - a\n") };
	cleanup(outcome) struct outcome first, second;
	struct model model;

	inside.user_data = yaml_get(inside.user_data, "x");
	inside.settings.place.path = "labs/other.yaml";
	model_init(&model);
	model.vm.cloud_init = &from_file;
	outcome_init(&first, &model);
	model.vm.cloud_init = &inside;
	outcome_init(&second, &model);
	ck_assert(!first.good && !second.good);
	ck_assert_str_eq(first.diagnostics.items[0].path, "labs/init.yaml");
	ck_assert_uint_ge(first.diagnostics.items[0].line, 2);
	ck_assert_str_eq(second.diagnostics.items[0].path, "labs/other.yaml");
	ck_assert_str_eq(second.diagnostics.items[0].message, "cloudInit must be a mapping");
	ck_assert_uint_eq(second.diagnostics.items[0].line, 1);
}
END_TEST

START_TEST(own_secret_stands_in_place_of_our_user_data)
{
	static const struct lab_own_init given = { .secret = "theirs" };
	cleanup(outcome) struct outcome cloud, ignition;
	struct model model;

	model_init(&model);
	model.vm.cloud_init = model.vm.ignition = &given;
	outcome_init(&cloud, &model);
	model.init = INIT_IGNITION;
	outcome_init(&ignition, &model);
	assert_good(&cloud);
	assert_good(&ignition);
	assert_json(json_array_get(json_object_get(outcome_machine_spec(&cloud), "volumes"), 1),
		    "{\"cloudInitNoCloud\":{\"networkDataSecretRef\":{\"name\":\"l-r1-init\"},"
		    "\"secretRef\":{\"name\":\"theirs\"}},\"name\":\"cloudinit\"}");
	ck_assert_ptr_null(json_at(secret_of(&cloud), "data", "userdata", NULL));
	ck_assert_ptr_nonnull(json_at(secret_of(&cloud), "data", "networkdata", NULL));
	assert_json(json_array_get(json_object_get(outcome_machine_spec(&ignition), "volumes"), 1),
		    "{\"cloudInitConfigDrive\":{\"secretRef\":{\"name\":\"theirs\"}},\"name\":\"ignition\"}");
	ck_assert_ptr_null(secret_of(&ignition));
	ck_assert_ptr_null(digest_of(&ignition));
}
END_TEST

/* An address that changes in Git reaches a guest on its kept disk: the VM changes
 * too, so that it is restarted; cloud-init applies network data at every start;
 * and the instance stays the same, so that host keys and the like do. */
START_TEST(a_change_of_network_data_is_a_change_of_the_vm_but_no_new_instance)
{
	cleanup(outcome) struct outcome before, same, after;
	cleanup(json) json_t *config = NULL;
	struct model model;

	model_init(&model);
	outcome_init(&before, &model);
	outcome_init(&same, &model);
	model.vm_addresses[0] = "10.0.0.9/24";
	config = user_data_new(&after, &model);
	ck_assert_str_eq(digest_of(&before), digest_of(&same));
	ck_assert_str_ne(digest_of(&before), digest_of(&after));
	ck_assert_uint_eq(strlen(digest_of(&after)), SHA256_TEXT_SIZE - 1);
	ck_assert_str_eq(json_text_at(outcome_machine_spec(&before), "domain", "firmware", "uuid", NULL),
			 json_text_at(outcome_machine_spec(&after), "domain", "firmware", "uuid", NULL));
	assert_json(json_at(config, "updates", "network", "when", NULL), "[\"boot-new-instance\",\"boot\"]");
	ck_assert_str_eq(json_text_at(secret_of(&before), "data", "userdata", NULL),
			 json_text_at(secret_of(&after), "data", "userdata", NULL));
}
END_TEST

START_TEST(a_nic_is_set_up_as_its_link_says)
{
	static const char *servers[] = { "192.0.2.53", "2001:db8::53" };
	cleanup(outcome) struct outcome outcome;
	cleanup(json) json_t *network = NULL;
	struct model model;

	model_init(&model);
	model.link.mtu = 9000;
	model.vm_interface.gateway[0] = "10.0.0.254";
	model.vm_interface.gateway[1] = "2001:db8::ff";
	model.vm_interface.nameservers = servers;
	model.vm_interface.nameserver_count = 2;
	model.vm_interface.state = "down";
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	network = secret_yaml_new(secret_of(&outcome), "networkdata");
	assert_json(json_at(network, "ethernets", "net", NULL),
		    "{\"addresses\":[\"10.0.0.1/24\",\"2001:db8::1/64\"],\"dhcp4\":false,"
		    "\"match\":{\"macaddress\":\"12:20:22:00:00:01\"},\"mtu\":9000,"
		    "\"nameservers\":{\"addresses\":[\"192.0.2.53\",\"2001:db8::53\"]},"
		    "\"routes\":[{\"to\":\"10.1.0.0/16\",\"via\":\"10.0.0.2\"},"
		    "{\"metric\":50,\"to\":\"0.0.0.0/0\",\"via\":\"10.0.0.254\"},"
		    "{\"metric\":50,\"to\":\"::/0\",\"via\":\"2001:db8::ff\"}]}");
}
END_TEST

START_TEST(the_guests_name_may_be_another_than_the_nodes)
{
	cleanup(outcome) struct outcome outcome;
	cleanup(json) json_t *config = NULL;
	struct model model;

	model_init(&model);
	model.vm.hostname = "edge";
	config = user_data_new(&outcome, &model);
	ck_assert_str_eq(json_text_at(config, "hostname", NULL), "edge");
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		the_user_gets_in_as_told,
		own_cloud_init_is_laid_over_ours,
		text_with_the_mark_of_a_cloud_config_is_merged_too,
		own_cloud_init_that_is_none_is_told_at_its_place,
		own_secret_stands_in_place_of_our_user_data,
		a_change_of_network_data_is_a_change_of_the_vm_but_no_new_instance,
		a_nic_is_set_up_as_its_link_says,
		the_guests_name_may_be_another_than_the_nodes,
	};

	return suite_run("init", tests, ARRAY_SIZE(tests));
}
