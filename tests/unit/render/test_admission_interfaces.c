#include "../suite.h"
#include "admission_check.h"

static const struct admission_case interfaces_cases[] = {
	{ "A69: a name",
	  "{domain: {devices: {interfaces: [{name: Lan_1-a, bridge: {}}]}}, networks: [{name: Lan_1-a, "
	  "multus: "
	  "{networkName: a}}]}",
	  "" },
	{ "A69: a name with a dot",
	  "{domain: {devices: {interfaces: [{name: lan.1, bridge: {}}]}}, networks: [{name: lan.1, multus: "
	  "{networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].name: \"lan.1\" cannot be an interface's name; "
	  "use "
	  "letters, digits, dashes and underscores" },
	{ "A69: no name",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}}, {bridge: {}}]}}, networks: [{name: "
	  "pod, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[1].name: an interface needs the name of its network; "
	  "give name" },
	{ "A70: two on a network",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}},{name: lan, bridge: {}}]}}, networks: "
	  "[{name: lan, multus: {networkName: lan}}]}",
	  "spec.template.spec.domain.devices.interfaces[1].name: two interfaces are on the network lan; give "
	  "one a network of its own" },
	{ "A71: no binding",
	  "{domain: {devices: {interfaces: [{name: lan, model: virtio}]}}, networks: [{name: lan, multus: "
	  "{networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0]: an interface needs a binding; use masquerade: {} "
	  "on the pod network, bridge: {} on others" },
	{ "A71: two bindings",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, sriov: {}}]}}, networks: [{name: lan, "
	  "multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0]: an interface has one binding, this has 2; keep "
	  "one" },
	{ "A71: a plugin",
	  "{domain: {devices: {interfaces: [{name: lan, binding: {name: macvtap}}]}}, networks: [{name: lan, "
	  "multus: {networkName: a}}]}",
	  "" },
	{ "A71: a plugin without a name",
	  "{domain: {devices: {interfaces: [{name: lan, binding: {}}]}}, networks: [{name: lan, multus: "
	  "{networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].binding.name: a binding plugin needs its name; "
	  "give "
	  "binding.name" },
	{ "A72: masquerade elsewhere",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}}]}}, networks: [{name: lan, multus: "
	  "{networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].masquerade: masquerade works only on the pod "
	  "network; use bridge: {}" },
	{ "A72: KubeVirt's MAC",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, macAddress: '02:00:00:00:00:00'}]}}, "
	  "networks: [{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].macAddress: 02:00:00:00:00:00 is KubeVirt's own "
	  "with masquerade; use another address" },
	{ "A73: a bridge on the pod network",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}}]}}, networks: [{name: lan, pod: {}}]}", "" },
	{ "passt elsewhere",
	  "{domain: {devices: {interfaces: [{name: lan, passtBinding: {}}]}}, networks: [{name: lan, multus: "
	  "{networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].passtBinding: passt works only on the pod "
	  "network; "
	  "use bridge: {}" },
	{ "A74: slirp",
	  "{domain: {devices: {interfaces: [{name: lan, slirp: {}}]}}, networks: [{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].slirp: slirp is gone since KubeVirt 1.3; use "
	  "masquerade: {}" },
	{ "A74: macvtap",
	  "{domain: {devices: {interfaces: [{name: lan, macvtap: {}}]}}, networks: [{name: lan, multus: "
	  "{networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].macvtap: macvtap is gone since KubeVirt 1.3; use "
	  "bridge: {}, or the binding plugin macvtap" },
	{ "A74: passt",
	  "{domain: {devices: {interfaces: [{name: lan, passt: {}}]}}, networks: [{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].passt: passt is gone since KubeVirt 1.3; use "
	  "passtBinding: {}" },
	{ "A75: a model",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, model: e1000e}]}}, networks: [{name: "
	  "lan, "
	  "multus: {networkName: a}}]}",
	  "" },
	{ "A75: no model",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, model: e2000}]}}, networks: [{name: lan, "
	  "multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].model: \"e2000\" is no value of model; use e1000, "
	  "e1000e, igb, ne2k_pci, pcnet, rtl8139 or virtio" },
	{ "A76: addresses",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, macAddress: 02-00-00-00-00-01, "
	  "pciAddress: "
	  "'0000:81:01.7'}]}}, networks: [{name: lan, multus: {networkName: a}}]}",
	  "" },
	{ "A76: five bytes",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, macAddress: '02:00:00:00:01'}]}}, "
	  "networks: [{name: lan, multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].macAddress: \"02:00:00:00:01\" is no MAC address; "
	  "write six bytes like 02:1a:00:00:00:01" },
	{ "A76: no PCI address",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, pciAddress: '0000:81:01.8'}]}}, "
	  "networks: "
	  "[{name: lan, multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].pciAddress: \"0000:81:01.8\" is no PCI address; "
	  "write "
	  "it like 0000:81:00.1" },
	{ "A80: down",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, state: down}]}}, networks: [{name: lan, "
	  "multus: {networkName: a}}]}",
	  "" },
	{ "A80: absent",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, state: absent}]}}, networks: [{name: "
	  "lan, "
	  "multus: {networkName: a}}]}",
	  "" },
	{ "A80: unknown",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, state: paused}]}}, networks: [{name: "
	  "lan, "
	  "multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].state: \"paused\" is no value of state; use "
	  "absent, "
	  "up or down" },
	{ "A80: off, which YAML reads as false",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, state: off}]}}, networks: [{name: lan, "
	  "multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].state: this is true or false; write text, in "
	  "quotes" },
	{ "A80: an SR-IOV link",
	  "{domain: {devices: {interfaces: [{name: lan, sriov: {}, state: up}]}}, networks: [{name: lan, "
	  "multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].state: an SR-IOV interface has no link state; "
	  "drop "
	  "it" },
	{ "A80: an absent plugin",
	  "{domain: {devices: {interfaces: [{name: lan, binding: {name: a}, state: absent}]}}, networks: "
	  "[{name: lan, multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].state: only an interface with bridge can be "
	  "absent; "
	  "drop the interface" },
	{ "A80: an absent default",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, state: absent}]}}, networks: [{name: "
	  "lan, "
	  "pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].state: the default network's interface cannot be "
	  "absent; drop the state" },
};

START_TEST(interfaces)
{
	admission_cases(good_machine, "spec.template.spec", interfaces_cases, ARRAY_SIZE(interfaces_cases));
}
END_TEST

static const struct admission_case ports_and_dhcp_cases[] = {
	{ "A77: ports",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [{port: 22, name: ssh, "
	  "protocol: TCP}, {port: 53}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "" },
	{ "A77: no number",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [{name: ssh}]}]}}, networks: "
	  "[{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].ports[0].port: a port needs its number; give "
	  "port" },
	{ "A77: port zero",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [{port: 0}]}]}}, networks: "
	  "[{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].ports[0].port: port 0 is out of range; use 1 to "
	  "65535" },
	{ "A77: a high port",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [{port: 65536}]}]}}, "
	  "networks: "
	  "[{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].ports[0].port: port 65536 is out of range; use 1 "
	  "to "
	  "65535" },
	{ "A77: SCTP",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [{port: 22, protocol: "
	  "SCTP}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].ports[0].protocol: \"SCTP\" is no value of "
	  "protocol; "
	  "use TCP or UDP" },
	{ "A77: one name twice",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [{port: 22, name: a}, {port: "
	  "23, name: a}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].ports[1].name: two ports are named a; rename "
	  "one" },
	{ "A77: a long name",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [{port: 22, name: "
	  "secure-shell-port}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].ports[0].name: \"secure-shell-port\" cannot be a "
	  "port's name; use at most 15 lower-case letters, digits and dashes" },
	{ "A77: a name of digits",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [{port: 22, name: '22'}]}]}}, "
	  "networks: [{name: lan, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].ports[0].name: \"22\" cannot be a port's name; "
	  "use at "
	  "most 15 lower-case letters, digits and dashes" },
	{ "A78: a range",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, portRanges: [{protocol: TCP, start: "
	  "1000, end: 2000}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "warning: spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges needs the feature "
	  "gate PortRangesSpec, which is off by default; switch it on in the KubeVirt resource or do "
	  "without" },
	{ "A78: a range and ports",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, ports: [], portRanges: [{protocol: "
	  "TCP, start: 1000, end: 2000}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "warning: spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges needs the feature "
	  "gate PortRangesSpec, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.domain.devices.interfaces[0].portRanges: ports and portRanges exclude each "
	  "other; keep one" },
	{ "A78: a range on a bridge",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, portRanges: [{protocol: TCP, start: "
	  "1000, "
	  "end: 2000}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "warning: spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges needs the feature "
	  "gate PortRangesSpec, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges work only with masquerade; "
	  "use masquerade: {}" },
	{ "A78: ranges that overlap",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, portRanges: [{protocol: TCP, start: "
	  "1000, end: 2000}, {protocol: UDP, start: 1000, end: 2000}, {protocol: TCP, start: 2000, end: "
	  "2001}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "warning: spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges needs the feature "
	  "gate PortRangesSpec, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.domain.devices.interfaces[0].portRanges[2]: the range overlaps 1000-2000; join "
	  "the two" },
	{ "A78: a range that goes back",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, portRanges: [{protocol: TCP, start: "
	  "2000, end: 1000}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "warning: spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges needs the feature "
	  "gate PortRangesSpec, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.domain.devices.interfaces[0].portRanges[0].start: the range starts after its "
	  "end; swap start and end" },
	{ "A78: a range without an end",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, portRanges: [{protocol: TCP, start: "
	  "2000}]}]}}, networks: [{name: lan, pod: {}}]}",
	  "warning: spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges needs the feature "
	  "gate PortRangesSpec, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.domain.devices.interfaces[0].portRanges[0].end: a range of ports needs its "
	  "end; "
	  "give it" },
	{ "A78: a range of no protocol",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, portRanges: [{start: 1, end: "
	  "2}]}]}}, "
	  "networks: [{name: lan, pod: {}}]}",
	  "warning: spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges needs the feature "
	  "gate PortRangesSpec, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.domain.devices.interfaces[0].portRanges[0].protocol: a range of ports needs a "
	  "protocol; use TCP or UDP" },
	{ "A78: eleven ranges",
	  "{domain: {devices: {interfaces: [{name: lan, masquerade: {}, portRanges: [{protocol: TCP, start: "
	  "1, "
	  "end: 1}, {protocol: TCP, start: 2, end: 2}, {protocol: TCP, start: 3, end: 3}, {protocol: TCP, "
	  "start: 4, end: 4}, {protocol: TCP, start: 5, end: 5}, {protocol: TCP, start: 6, end: 6}, "
	  "{protocol: "
	  "TCP, start: 7, end: 7}, {protocol: TCP, start: 8, end: 8}, {protocol: TCP, start: 9, end: 9}, "
	  "{protocol: TCP, start: 10, end: 10}, {protocol: TCP, start: 11, end: 11}]}]}}, networks: [{name: "
	  "lan, pod: {}}]}",
	  "warning: spec.template.spec.domain.devices.interfaces[0].portRanges: portRanges needs the feature "
	  "gate PortRangesSpec, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.domain.devices.interfaces[0].portRanges: 11 ranges of ports are too many; use "
	  "at "
	  "most 10" },
	{ "A79: options",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, dhcpOptions: {privateOptions: [{option: "
	  "224, value: a}, {option: 254, value: b}], ntpServers: [10.0.0.1]}}]}}, networks: [{name: lan, "
	  "multus: {networkName: a}}]}",
	  "" },
	{ "A79: a public option",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, dhcpOptions: {privateOptions: [{option: "
	  "66, value: a}]}}]}}, networks: [{name: lan, multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].dhcpOptions.privateOptions[0].option: a private "
	  "DHCP option 66 is out of range; use 224 to 254" },
	{ "A79: an option twice",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, dhcpOptions: {privateOptions: [{option: "
	  "240, value: a}, {option: 240, value: b}]}}]}}, networks: [{name: lan, multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].dhcpOptions.privateOptions[1].option: DHCP option "
	  "240 is given twice; keep one" },
	{ "A79: a server's name",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, dhcpOptions: {ntpServers: "
	  "[ntp.example.org]}}]}}, networks: [{name: lan, multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].dhcpOptions.ntpServers[0]: \"ntp.example.org\" is "
	  "no "
	  "IPv4 address; an NTP server must be one" },
	{ "A79: an IPv6 server",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}, dhcpOptions: {ntpServers: ['fd00::1', "
	  "7]}}]}}, networks: [{name: lan, multus: {networkName: a}}]}",
	  "spec.template.spec.domain.devices.interfaces[0].dhcpOptions.ntpServers[0]: \"fd00::1\" is no IPv4 "
	  "address; an NTP server must be one\n"
	  "spec.template.spec.domain.devices.interfaces[0].dhcpOptions.ntpServers[1]: \"\" is no IPv4 "
	  "address; "
	  "an NTP server must be one" },
};

START_TEST(ports_and_dhcp)
{
	admission_cases(good_machine, "spec.template.spec", ports_and_dhcp_cases, ARRAY_SIZE(ports_and_dhcp_cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { interfaces, ports_and_dhcp };

	return suite_run("render/admission_interfaces", tests, ARRAY_SIZE(tests));
}
