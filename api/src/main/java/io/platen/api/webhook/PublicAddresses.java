package io.platen.api.webhook;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Keeps callbacks from reaching hosts that are not public (server-side request forgery, CWE-918). */
final class PublicAddresses {
    private PublicAddresses() {}

    /**
     * Requires all addresses of a host to be public.
     *
     * @throws IOException if one is not
     */
    static void require(String host, InetAddress[] addresses) throws IOException {
        for (InetAddress address : addresses) {
            if (isPrivate(address)) {
                throw new IOException("%s is the private address %s; platen.webhooks.allow-private allows it"
                        .formatted(host, address.getHostAddress()));
            }
        }
    }

    /** Whether the address is in one of RFC 6890's ranges that are not public. */
    static boolean isPrivate(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        int first = Byte.toUnsignedInt(bytes[0]);
        int second = Byte.toUnsignedInt(bytes[1]);
        if (address instanceof Inet4Address) {
            boolean shared = first == 100 && second >= 64 && second < 128;
            boolean benchmarking = first == 198 && (second == 18 || second == 19);
            boolean relay = first == 192 && second == 88 && bytes[2] == 99;
            return first == 0 || shared || benchmarking || relay || first >= 240 || (first == 192 && second == 0);
        }
        boolean uniqueLocal = (first & 0xfe) == 0xfc;
        // NAT64, 6to4, Teredo, and IPv4 in the low bytes: any IPv4 address can be reached through them.
        boolean teredo = first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean translated = first == 0 || (first == 0x20 && second == 0x02) || teredo;
        boolean discarded = first == 0x01 && second == 0;
        return address instanceof Inet6Address && (uniqueLocal || translated || discarded);
    }
}
