#!/bin/vbash
# Loads config.boot from the folder of this script, adds what is kept on the device, and commits. Without `confirm`
# within 10 minutes VyOS goes back to what it had.
set -e
source /opt/vyatta/etc/functions/script-template
folder=$(cd "$(dirname "$0")" && pwd)
install -m 755 "$folder/wireguard-endpoints.sh" /config/scripts/wireguard-endpoints.sh
configure
load "$folder/config.boot"
set interfaces wireguard wg0 private-key "$(cat /config/auth/ashlar/wg0)"
set interfaces wireguard wg0 peer provider preshared-key "$(cat /config/auth/ashlar/wg0-provider)"
set interfaces wireguard wg1 private-key "$(cat /config/auth/ashlar/wg1)"
compare
commit-confirm 10 <<< y
exit discard
