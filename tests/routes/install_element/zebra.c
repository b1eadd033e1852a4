#include "command.h"
#include <stdio.h>

DEFUN(show_interface, show_interface_cmd, "show interface",
	"Show running system information\nInterfaces\n")
{
	puts(__func__);
	return 0;
}

DEFUN(show_ip_route, show_ip_route_cmd, "show ip route",
	"Show\nIP information\nRouting table\n")
{
	puts(__func__);
	return 0;
}

ALIAS(show_ip_route, show_ip_fib_cmd, "show ip fib",
	"Show\nIP information\nForwarding table\n");

DEFUN(quit_vty, quit_cmd, "quit", "Exit current mode and down to previous mode\n")
{
	puts(__func__);
	return 0;
}

void zebra_init(void)
{
	install_element(VIEW_NODE, &show_interface_cmd);
	install_element(VIEW_NODE, &show_ip_route_cmd);
	install_element(VIEW_NODE, &show_ip_fib_cmd);
	install_element(VIEW_NODE, &quit_cmd);
}
