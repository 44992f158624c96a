#include "render/objects/ignition.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/render/outcome.h"

static json_t *ignition_new(const struct model *model)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	json_t *config;

	ck_assert_msg(ignition_write(&model->lab, &model->nodes[MODEL_VM], "$6$salt$hash", &text, &err), "%s",
		      err.message);
	config = json_new_from_text(buffer_text(&text), text.length, "ignition", &err);
	ck_assert_msg(config != NULL, "%s", err.message);
	return config;
}

static const json_t *file_find(const json_t *config, const char *path)
{
	const json_t *files = json_at(config, "storage", "files", NULL);
	size_t i;
	json_t *file;

	json_array_foreach (files, i, file) {
		if (text_equal(json_text_at(file, "path", NULL), path))
			return file;
	}
	return NULL;
}

static void assert_file(const json_t *config, const char *path, int mode, const char *wanted)
{
	const json_t *file = file_find(config, path);
	const char *url = json_text_at(file, "contents", "source", NULL);
	static const char scheme[] = "data:;base64,";
	cleanup(free) uint8_t *text = NULL;
	size_t length;

	ck_assert_msg(file != NULL, "no %s", path);
	ck_assert_int_eq(json_integer_value(json_object_get(file, "mode")), mode);
	ck_assert_msg(text_starts_with(url, scheme), "%s", url);
	text = base64_decode_new(url + strlen(scheme), &length);
	ck_assert_str_eq((char *)text, wanted);
}

START_TEST(the_user_may_log_in_and_become_root)
{
	struct model model;
	cleanup(json) json_t *config = NULL;
	const json_t *user;

	model_init(&model);
	model.vm.user = "john.doe";
	config = ignition_new(&model);
	user = json_array_get(json_at(config, "passwd", "users", NULL), 0);
	ck_assert_str_eq(json_text_at(config, "ignition", "version", NULL), "3.2.0");
	ck_assert_str_eq(json_text_at(user, "name", NULL), "john.doe");
	ck_assert_str_eq(json_text_at(user, "passwordHash", NULL), "$6$salt$hash");
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(user, "groups"), 0)), "wheel");
	assert_file(config, "/etc/sudoers.d/labsync", 0440, "john.doe ALL=(ALL) NOPASSWD:ALL\n");
	assert_file(config, "/etc/ssh/sshd_config.d/20-labsync.conf", 0600, "PasswordAuthentication yes\n");
	assert_file(config, "/etc/hostname", 0644, "r1\n");
}
END_TEST

START_TEST(both_families_are_set)
{
	struct model model;
	cleanup(json) json_t *config = NULL;

	model_init(&model);
	config = ignition_new(&model);
	assert_file(config, "/etc/NetworkManager/system-connections/net.nmconnection", 0600,
		    "[connection]\nid=net\ntype=ethernet\n\n"
		    "[ethernet]\nmac-address=12:20:22:00:00:01\n\n"
		    "[ipv4]\nmethod=manual\naddress1=10.0.0.1/24\nroute1=10.1.0.0/16,10.0.0.2\n\n"
		    "[ipv6]\nmethod=manual\naddress1=2001:db8::1/64\n");
}
END_TEST

START_TEST(a_family_without_address_is_left_alone)
{
	struct model model;
	cleanup(json) json_t *config = NULL;

	model_init(&model);
	model.vm_addresses[0] = "2001:db8::1/64";
	model.vm_interface.address_count = 1;
	model.vm_interface.route_count = 0;
	config = ignition_new(&model);
	assert_file(config, "/etc/NetworkManager/system-connections/net.nmconnection", 0600,
		    "[connection]\nid=net\ntype=ethernet\n\n"
		    "[ethernet]\nmac-address=12:20:22:00:00:01\n\n"
		    "[ipv4]\nmethod=disabled\n\n"
		    "[ipv6]\nmethod=manual\naddress1=2001:db8::1/64\n");
}
END_TEST

/* Otherwise NetworkManager would ask for addresses by DHCP. */
START_TEST(an_interface_without_addresses_is_up_without_any)
{
	struct model model;
	cleanup(json) json_t *config = NULL;

	model_init(&model);
	model.vm_interface.address_count = 0;
	model.vm_interface.route_count = 0;
	config = ignition_new(&model);
	assert_file(config, "/etc/NetworkManager/system-connections/net.nmconnection", 0600,
		    "[connection]\nid=net\ntype=ethernet\n\n"
		    "[ethernet]\nmac-address=12:20:22:00:00:01\n\n"
		    "[ipv4]\nmethod=disabled\n\n"
		    "[ipv6]\nmethod=link-local\n");
}
END_TEST

/* A link-local gateway needs no address of its family on the link. */
START_TEST(a_gateway_of_a_family_without_address_is_a_route)
{
	struct model model;
	cleanup(json) json_t *config = NULL;

	model_init(&model);
	model.vm_interface.address_count = 1;
	model.vm_interface.gateway[1] = "fe80::1";
	config = ignition_new(&model);
	assert_file(config, "/etc/NetworkManager/system-connections/net.nmconnection", 0600,
		    "[connection]\nid=net\ntype=ethernet\n\n"
		    "[ethernet]\nmac-address=12:20:22:00:00:01\n\n"
		    "[ipv4]\nmethod=manual\naddress1=10.0.0.1/24\nroute1=10.1.0.0/16,10.0.0.2\n\n"
		    "[ipv6]\nmethod=link-local\nroute1=::/0,fe80::1,50\n");
}
END_TEST

START_TEST(a_gateway_and_nameservers_are_set_where_there_is_an_address)
{
	static const char *servers[] = { "192.0.2.53", "198.51.100.53", "2001:db8::53" };
	struct model model;
	cleanup(json) json_t *config = NULL;

	model_init(&model);
	model.link.mtu = 9000;
	model.vm_interface.address_count = 1;
	model.vm_interface.gateway[0] = "10.0.0.254";
	model.vm_interface.gateway[1] = "2001:db8::ff";
	model.vm_interface.nameservers = servers;
	model.vm_interface.nameserver_count = 3;
	config = ignition_new(&model);
	assert_file(config, "/etc/NetworkManager/system-connections/net.nmconnection", 0600,
		    "[connection]\nid=net\ntype=ethernet\n\n"
		    "[ethernet]\nmac-address=12:20:22:00:00:01\nmtu=9000\n\n"
		    "[ipv4]\nmethod=manual\naddress1=10.0.0.1/24\ngateway=10.0.0.254\nroute-metric=50\n"
		    "dns=192.0.2.53;198.51.100.53;\nroute1=10.1.0.0/16,10.0.0.2\n\n"
		    "[ipv6]\nmethod=link-local\nroute1=::/0,2001:db8::ff,50\n");
}
END_TEST

START_TEST(an_own_configuration_is_laid_over_ours)
{
	static const char own[] = "ignition: {version: 3.4.0}\n"
				  "passwd: {users: [{name: lab, groups: [docker], shell: /bin/zsh}, {name: eve}]}\n"
				  "storage:\n"
				  "  files: [{path: /etc/hostname, mode: 384}]\n"
				  "  links: [{path: /etc/sudoers.d/labsync, target: /dev/null}]\n"
				  "systemd: {units: [{name: a.service, enabled: true}]}\n";
	static const void *const texts[] = { "ssh-ed25519 AAAA" };
	static const struct value_list keys = { .count = 1, .items = texts };
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct lab_own_init given = { .user_data = yaml_read(&arena, own) };
	struct model model;
	cleanup(json) json_t *config = NULL;

	model_init(&model);
	model.vm.ssh_keys = &keys;
	model.vm.ignition = &given;
	config = ignition_new(&model);
	ck_assert_str_eq(json_text_at(config, "ignition", "version", NULL), "3.4.0");
	assert_json(json_at(config, "passwd", "users", NULL),
		    "[{\"groups\":[\"wheel\",\"docker\"],\"name\":\"lab\",\"passwordHash\":\"$6$salt$hash\","
		    "\"shell\":\"/bin/zsh\",\"sshAuthorizedKeys\":[\"ssh-ed25519 AAAA\"]},{\"name\":\"eve\"}]");
	assert_file(config, "/etc/hostname", 0600, "r1\n");
	ck_assert_ptr_null(file_find(config, "/etc/sudoers.d/labsync"));
	assert_json(json_object_get(config, "systemd"), "{\"units\":[{\"enabled\":true,\"name\":\"a.service\"}]}");
}
END_TEST

START_TEST(an_older_configuration_does_not_lower_the_version)
{
	static const char text[] = "{\"ignition\": {\"version\": \"3.0.0\"}}";
	static const struct lab_text_file file = { .path = "a.ign", .text = text, .length = sizeof(text) - 1 };
	static const struct lab_own_init given = { .file = &file };
	struct model model;
	cleanup(json) json_t *config = NULL;

	model_init(&model);
	model.vm.ignition = &given;
	config = ignition_new(&model);
	ck_assert_str_eq(json_text_at(config, "ignition", "version", NULL), "3.2.0");
}
END_TEST

START_TEST(what_is_no_ignition_3_is_refused)
{
	static const struct {
		const char *own, *message;
	} cases[] = {
		{ "ignition: {version: 2.2.0}",
		  "ignition: only configurations of version 3 can be merged; use 3.0.0 or later" },
		{ "variant: fcos", "ignition: this is a Butane file; turn it into Ignition's JSON with butane" },
		{ "[a]", "ignition must be a mapping or text" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(arena) struct arena arena = ARENA_INIT;
		cleanup(buffer) struct buffer text = BUFFER_INIT;
		cleanup(error) struct error err = ERROR_INIT;
		struct lab_own_init given = { .user_data = yaml_read(&arena, cases[i].own) };
		struct model model;

		model_init(&model);
		model.vm.ignition = &given;
		ck_assert(!ignition_write(&model.lab, &model.nodes[MODEL_VM], NULL, &text, &err));
		ck_assert_str_eq(err.message, cases[i].message);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		the_user_may_log_in_and_become_root,
		both_families_are_set,
		a_family_without_address_is_left_alone,
		an_interface_without_addresses_is_up_without_any,
		a_gateway_of_a_family_without_address_is_a_route,
		a_gateway_and_nameservers_are_set_where_there_is_an_address,
		an_own_configuration_is_laid_over_ours,
		an_older_configuration_does_not_lower_the_version,
		what_is_no_ignition_3_is_refused,
	};

	return suite_run("ignition", tests, ARRAY_SIZE(tests));
}
