/* The rules on a VirtualMachine, a function for each subject; the numbers in
 * the comments are those of the list of rules that the tests name as well.
 * Each function appends what it finds to the findings that its places carry. */
#pragma once

#include "render/admission/machine_view.h"

/* object.c: A2 to A7, A11 */
void rules_object(const struct machine_view *machine, const struct place *owner);

/* data_volume_templates.c: A13, A14, and A15 to A17 by what CDI says of them. `owner` is the machine. */
void rules_data_volume_templates(const struct machine_view *machine, const struct place *owner);

/* data_volume.c: A107 to A109, A112; a DataVolume's spec, wherever it stands */
void rules_data_volume_spec(const struct place *owner);

/* data_volume_source.c: A111, A113, A114 */
void rules_data_volume_source(const struct place *source, const char *content_type);
void rules_registry_source(const struct place *registry);

/* admission.c: all of the rules on what `owner` has under "spec", for a machine and a pool's template alike */
void rules_machine(const struct place *owner);

/* cpu_memory.c: A8, A19 to A32 */
void rules_cpu(const struct machine_view *machine);
void rules_memory(const struct machine_view *machine);

/* dedicated_cpu.c: A24 */
void rules_dedicated_cpu(const struct machine_view *machine);

/* disks.c: A33 to A50 */
void rules_disks(const struct machine_view *machine);

/* disk_target.c: what one disk may be: A37 to A42, A44 to A46 */
void rules_disk_target(const struct machine_view *machine, const struct place *disk);

/* volumes.c: A51 to A54, A59, A60, A62 to A64 */
void rules_volumes(const struct machine_view *machine);

/* A path within an image must be absolute and plain: A54, A85 */
void refuse_odd_path(const struct place *parent, const char *key);

/* cloud_init.c: A55 to A57 */
void rules_cloud_init(const struct place *volume);

/* access_credentials.c: A61 */
void rules_access_credentials(const struct machine_view *machine);

/* networks.c: A65 to A68, A81 */
void rules_networks(const struct machine_view *machine);

/* interfaces.c: A69 to A76, A80; interface_ports.c: A77 to A79 */
void rules_interfaces(const struct machine_view *machine);
void rules_interface_ports(const struct place *interface, bool on_pod_network);
void rules_interface_dhcp(const struct place *interface);

/* firmware_devices.c: A83 to A93 */
void rules_firmware(const struct machine_view *machine);
void rules_devices(const struct machine_view *machine);

/* launch_security.c: A90 */
void rules_launch_security(const struct machine_view *machine);

/* scheduling.c: A94 to A98 */
void rules_scheduling(const struct machine_view *machine);

/* affinity.c: A98 */
void rules_affinity(const struct machine_view *machine);

/* lifecycle.c: A82, A96, A97, A99 */
void rules_lifecycle(const struct machine_view *machine);
