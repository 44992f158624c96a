#include "render/objects/ignition.h"

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "tests/unit/render/model.h"
#include "tests/unit/suite.h"

static json_t *ignition_new(const struct lab_node *node)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	json_t *config;

	ignition_write(node, "$6$salt$hash", &text);
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
	model.nodes[MODEL_VM].vm.user = "john.doe";
	config = ignition_new(&model.nodes[MODEL_VM]);
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
	config = ignition_new(&model.nodes[MODEL_VM]);
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
	config = ignition_new(&model.nodes[MODEL_VM]);
	assert_file(config, "/etc/NetworkManager/system-connections/net.nmconnection", 0600,
		    "[connection]\nid=net\ntype=ethernet\n\n"
		    "[ethernet]\nmac-address=12:20:22:00:00:01\n\n"
		    "[ipv4]\nmethod=disabled\n\n"
		    "[ipv6]\nmethod=manual\naddress1=2001:db8::1/64\n");
}
END_TEST

START_TEST(an_interface_without_addresses_has_no_keyfile)
{
	struct model model;
	cleanup(json) json_t *config = NULL;

	model_init(&model);
	model.vm_interface.address_count = 0;
	model.vm_interface.route_count = 0;
	config = ignition_new(&model.nodes[MODEL_VM]);
	ck_assert_ptr_null(file_find(config, "/etc/NetworkManager/system-connections/net.nmconnection"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		the_user_may_log_in_and_become_root,
		both_families_are_set,
		a_family_without_address_is_left_alone,
		an_interface_without_addresses_has_no_keyfile,
	};

	return suite_run("ignition", tests, ARRAY_SIZE(tests));
}
