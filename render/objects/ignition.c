#include "render/objects/ignition.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/given.h"
#include "render/objects/ignition_files.h"
#include "render/objects/ignition_merge.h"
#include "render/objects/keyfile.h"

/* JSON has no octal numbers. */
enum { MODE_SECRET = 0600, MODE_SUDOERS = 0440, MODE_PUBLIC = 0644 };

static json_t *user_build(const struct lab_vm *vm, const char *password_hash)
{
	json_t *user = json_pack("{s:s, s:s*, s:[s], s:s}", "name", vm->user, "passwordHash", password_hash, "groups",
				 "wheel", "shell", "/bin/bash");

	given_set_list(user, "sshAuthorizedKeys", vm->ssh_keys);
	return user;
}

static void connection_add(json_t *files, const struct lab_interface *interface)
{
	cleanup(free) char *path =
		string_format("/etc/NetworkManager/system-connections/%s.nmconnection", interface->name);
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	keyfile_write(interface, &text);
	/* NetworkManager ignores keyfiles that others may read. */
	ignition_file_add(files, path, MODE_SECRET, buffer_text(&text));
}

static json_t *files_build(const struct lab_node *node)
{
	const struct lab_vm *vm = node->vm;
	json_t *files = json_array();
	cleanup(free) char *hostname = string_format("%s\n", vm->hostname ? vm->hostname : node->name);
	cleanup(free) char *sudoers = string_format("%s ALL=(ALL) NOPASSWD:ALL\n", vm->user);

	ignition_file_add(files, "/etc/hostname", MODE_PUBLIC, hostname);
	/* Not named for the user: sudo skips files with a dot in their name. */
	ignition_file_add(files, "/etc/sudoers.d/labsync", MODE_SUDOERS, sudoers);
	/* CoreOS turns passwords off in a later file; sshd keeps the first value that it reads. */
	ignition_file_add(files, "/etc/ssh/sshd_config.d/20-labsync.conf", MODE_SECRET,
			  "PasswordAuthentication yes\n");
	for (size_t i = 0; i < node->interface_count; i++)
		connection_add(files, &node->interfaces[i]);
	return files;
}

bool ignition_write(const struct lab *lab, const struct lab_node *node, const char *password_hash, struct buffer *out,
		    struct error *err)
{
	cleanup(json) json_t *config =
		json_pack("{s:{s:s}, s:{s:[o]}, s:{s:o}}", "ignition", "version", "3.2.0", "passwd", "users",
			  user_build(node->vm, password_hash), "storage", "files", files_build(node));
	cleanup(free) char *text = NULL;

	if (node->vm->ignition && !ignition_merge(lab, node->vm->ignition, config, err))
		return false;
	text = json_text_new(config);
	buffer_append_text(out, text);
	return true;
}
