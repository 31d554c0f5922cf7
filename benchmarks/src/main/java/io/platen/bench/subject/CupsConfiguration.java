package io.platen.bench.subject;

import java.nio.file.Path;
import java.util.List;

/** The files that a private cupsd is started with. */
final class CupsConfiguration {

    private CupsConfiguration() {}

    static String server(int port, Path root) {
        return """
                LogLevel warn
                AccessLogLevel config
                MaxLogSize 0
                Listen 127.0.0.1:%d
                Listen %s/run/cups.sock
                Browsing Off
                WebInterface No
                DefaultAuthType None
                ErrorPolicy retry-job
                MaxJobs 0
                MaxClients 500
                PreserveJobHistory Yes
                PreserveJobFiles No
                <Location />
                  Order allow,deny
                  Allow all
                </Location>
                <Policy default>
                  JobPrivateAccess all
                  JobPrivateValues none
                  SubscriptionPrivateAccess all
                  SubscriptionPrivateValues none
                  <Limit All>
                    Order allow,deny
                    Allow all
                  </Limit>
                </Policy>
                """.formatted(port, root);
    }

    static String files(Path root) {
        return """
                User lp
                Group lp
                SystemGroup root lpadmin
                ServerRoot %1$s/etc
                RequestRoot %1$s/spool
                TempDir %1$s/spool/tmp
                CacheDir %1$s/cache
                StateDir %1$s/run
                DocumentRoot %1$s/docroot
                AccessLog %1$s/log/access_log
                ErrorLog %1$s/log/error_log
                PageLog %1$s/log/page_log
                """.formatted(root);
    }

    /** Queues without a driver, as lpadmin would write them; a thousand calls of lpadmin take minutes. */
    static String queues(List<Integer> ports, boolean paused) {
        var text = new StringBuilder();
        for (int i = 0; i < ports.size(); i++) {
            text.append("""
                    <Printer q%1$d>
                    Info q%1$d
                    DeviceURI socket://127.0.0.1:%2$d
                    State %3$s
                    Accepting Yes
                    Shared Yes
                    JobSheets none none
                    QuotaPeriod 0
                    PageLimit 0
                    KLimit 0
                    OpPolicy default
                    ErrorPolicy retry-job
                    </Printer>
                    """.formatted(i, ports.get(i), paused ? "Stopped" : "Idle"));
        }
        return text.toString();
    }
}
