#include "render/lab/cloud_config_keys.h"

#include "base/text.h"

/* The properties of the schema that cloud-init publishes, up to 25.1, and the older
 * spellings that it still takes. Ends with NULL. */
/* clang-format off */
static const char *const keys[] = {
	"allow_userdata", "ansible", "apk_repos", "apt", "apt_pipelining", "apt_reboot_if_required", "apt_update",
	"apt_upgrade", "autoinstall", "bootcmd", "byobu_by_default", "ca-certs", "ca_certs", "chef", "chpasswd",
	"cloud_config_modules", "cloud_final_modules", "cloud_init_modules", "create_hostname_file", "datasource",
	"datasource_list", "def_log_file", "device_aliases", "disable_ec2_metadata", "disable_root",
	"disable_root_opts", "disk_setup", "drivers", "fan", "final_message", "fqdn", "fs_setup", "groups",
	"growpart", "grub-dpkg", "grub_dpkg", "hostname", "keyboard", "landscape", "launch-index", "locale",
	"locale_configfile", "log_cfgs", "lxd", "manage_etc_hosts", "manage_resolv_conf", "manual_cache_clean",
	"mcollective", "merge_how", "merge_type", "migrate", "mount_default_fields", "mounts",
	"no_ssh_fingerprints", "ntp", "output", "package_reboot_if_required", "package_update", "package_upgrade",
	"packages", "password", "phone_home", "power_state", "prefer_fqdn_over_hostname", "preserve_hostname",
	"preserve_sources_list", "puppet", "random_seed", "reporting", "resize_rootfs", "resolv_conf",
	"rh_subscription", "rpi", "rsyslog", "runcmd", "salt_minion", "snap", "spacewalk", "ssh",
	"ssh_authorized_keys", "ssh_deletekeys", "ssh_fp_console_blacklist", "ssh_genkeytypes", "ssh_import_id",
	"ssh_key_console_blacklist", "ssh_keys", "ssh_publish_hostkeys", "ssh_pwauth", "ssh_quiet_keygen", "swap",
	"syslog_fix_perms", "system_info", "timezone", "ubuntu_advantage", "ubuntu_pro", "unverified_modules",
	"updates", "user", "users", "vendor_data", "version", "wireguard", "write_files", "yum_repo_dir",
	"yum_repos", "zypper", NULL,
};
/* clang-format on */

/* Those that are a list or a mapping and nothing else; cloud-init's modules fail on other values. */
/* clang-format off */
static const char *const lists[] = {
	"bootcmd", "fs_setup", "mounts", "packages", "runcmd", "ssh_authorized_keys", "ssh_import_id", "write_files", NULL,
};
static const char *const mappings[] = {
	"ansible", "apk_repos", "apt", "ca_certs", "chef", "chpasswd", "disk_setup", "growpart", "keyboard",
	"landscape", "lxd", "phone_home", "power_state", "puppet", "random_seed", "resolv_conf", "salt_minion",
	"snap", "ssh_keys", "swap", "updates", "yum_repos", "zypper", NULL,
};
/* clang-format on */

static bool is_among(const char *key, const char *const *names)
{
	while (*names && !text_equal(*names, key))
		names++;
	return *names != NULL;
}

void cloud_config_value_check(struct reader *reader, const struct place *place, const char *key,
			      const struct yaml_node *value)
{
	enum yaml_kind wanted = is_among(key, lists) ? YAML_SEQUENCE : YAML_MAPPING;

	if (value->kind == YAML_NULL || value->kind == wanted || !(is_among(key, lists) || is_among(key, mappings)))
		return;
	reader_error_at(reader, place, "%s of a cloud-config must be %s, not %s", key, yaml_kind_name(wanted),
			yaml_kind_name(value->kind));
}

void cloud_config_key_check(struct reader *reader, const struct place *place, const char *key)
{
	const char *nearest;

	if (text_equal(key, "network")) {
		reader_warn_at(
			reader, place,
			"network has no effect in user data; set addrs, routes and dns on the VM's links, from "
			"which labsync makes the network configuration");
		return;
	}
	if (is_among(key, keys))
		return;
	nearest = text_nearest(key, keys);
	if (nearest)
		reader_warn_at(reader, place, "cloud-init does not know %s in a cloud-config; did you mean \"%s\"?",
			       reader_quote(reader, key), nearest);
	else
		reader_warn_at(reader, place,
			       "cloud-init does not know %s in a cloud-config; it would be without effect",
			       reader_quote(reader, key));
}
