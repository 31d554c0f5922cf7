package io.platen.printer.connection;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.platen.printer.transport.PrinterTransport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The actor system and the sockets of a test class; they end with it. */
final class ConnectionKit implements AfterAllCallback {
    private final ActorTestKit actors = ActorTestKit.create();
    private final PrinterTransport sockets = PrinterTransport.create(1);

    ConnectionTester tester() {
        return tester(sockets);
    }

    /** Over a transport of the test's own. */
    ConnectionTester tester(PrinterTransport transport) {
        return new ConnectionTester(actors, transport);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        actors.shutdownTestKit();
        sockets.close();
    }
}
