package dev.fargate.phoenix;

import io.javalin.util.JavalinBindException;
import java.security.Security;
import org.eclipse.jetty.util.Uptime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Phoenix server: starts in well under a second, dies when asked to, and tells all about it.
 */
public final class Phoenix {
  /** A variable of the environment cannot be used. */
  private static final int STATUS_BAD_SETTING = 2;

  /** The address cannot be listened on. */
  private static final int STATUS_CANNOT_LISTEN = 3;

  /**
   * The JVM keeps a looked-up address for 30 s by default; a database that moved is wanted sooner.
   */
  private static final String ADDRESS_CACHE_SECONDS = "2";

  /** A name that is not there yet may be there a moment later. */
  private static final String NO_ADDRESS_CACHE_SECONDS = "1";

  private Phoenix() {}

  /**
   * Starts the server and returns; the server runs on until SIGTERM or {@code /crash}.
   *
   * @param args none; the environment configures the server, see {@code README.md}
   */
  public static void main(String[] args) {
    Logger log = LoggerFactory.getLogger(Phoenix.class);
    Settings settings;
    try {
      settings = Settings.fromEnvironment(System.getenv());
    } catch (Settings.InvalidSetting e) {
      log.error(e.getMessage());
      System.exit(STATUS_BAD_SETTING);
      return;
    }
    shortenAddressCache("networkaddress.cache.ttl", "sun.net.inetaddr.ttl", ADDRESS_CACHE_SECONDS);
    shortenAddressCache(
        "networkaddress.cache.negative.ttl",
        "sun.net.inetaddr.negative.ttl",
        NO_ADDRESS_CACHE_SECONDS);

    DatabaseLink link = new DatabaseLink(settings.database());
    LogStore store = new LogStore(link);
    AccessLog accessLog = new AccessLog(store);
    WebServer server =
        new WebServer(
            settings,
            new Endpoints(settings, link, store).all(),
            accessLog,
            new InFlight(new Crash(accessLog)));
    try {
      server.start();
    } catch (JavalinBindException e) {
      log.error(
          "cannot listen on {}:{}: it is taken or not an address of this machine",
          settings.bindAddress(),
          settings.port());
      System.exit(STATUS_CANNOT_LISTEN);
    }
    new Shutdown(settings.prestop(), server, accessLog).onSignal();
    log.info(
        "Phoenix {} instance {} listens on {}:{} after {} ms",
        settings.version(),
        settings.instance(),
        settings.bindAddress(),
        server.port(),
        Uptime.getUptime());
    // After the listener: the driver's classes take longer to load than all the rest.
    link.start();
    accessLog.start();
  }

  /**
   * Sets how long the JVM remembers a name's address. What the command line says goes first: the
   * security property would silently win over it (java.security sets the negative one to 10 s).
   */
  private static void shortenAddressCache(
      String securityProperty, String systemProperty, String seconds) {
    Security.setProperty(securityProperty, System.getProperty(systemProperty, seconds));
  }
}
