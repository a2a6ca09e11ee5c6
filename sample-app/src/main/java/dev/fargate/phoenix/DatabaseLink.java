package dev.fargate.phoenix;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerMonitoringMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to MongoDB: opened in the background, tried again for ever, its state known at any
 * moment without asking anybody. The driver looks the host's name up for every new connection, so a
 * database that comes back under another address is found as soon as the name says so (the JVM's
 * own cache is shortened in {@link Phoenix}).
 */
final class DatabaseLink {
  /** Where the connection stands. */
  enum State {
    /** The first attempt has not ended yet. */
    CONNECTING,
    /** The last look succeeded, with the given user and password. */
    CONNECTED,
    /** No database is configured, or the last look failed; another follows. */
    DISCONNECTED;

    /** As {@code /checkdbConn} spells it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How old a state can be; a ping costs nothing to speak of. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /**
   * The database is one hop away: what takes longer than this to accept a connection is not there.
   */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * A task whose network went away never says so; a connection silent for this long in mid-call is
   * given up.
   */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  /**
   * The driver's default of 30 s would make every caller wait that long for a database that is
   * down.
   */
  private static final Duration SELECTION_TIMEOUT = Duration.ofSeconds(2);

  /** One for the writer, one for the look, two for {@code /querylogs}. */
  private static final int CONNECTIONS = 4;

  private static final String DEFAULT_DATABASE = "test";
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLink.class);

  private final Optional<DatabaseAddress> address;
  private volatile State state;
  private volatile MongoDatabase database;
  private MongoClient client;

  DatabaseLink(Optional<DatabaseAddress> address) {
    this.address = address;
    this.state = address.isPresent() ? State.CONNECTING : State.DISCONNECTED;
  }

  /**
   * Starts looking, if there is anything to look for. The driver's classes are loaded here and not
   * before.
   */
  void start() {
    if (address.isEmpty()) {
      LOG.warn("DB_CONNECTION_STRING is not set: the access log is printed but not stored");
      return;
    }
    Thread watch = new Thread(() -> watch(address.get()), "database");
    watch.setDaemon(true);
    watch.start();
  }

  /** The state at the last look. */
  State state() {
    return state;
  }

  /** The address without credentials and options, or a hint if there is none. */
  String shownAddress() {
    return address.map(DatabaseAddress::redacted).orElse("(DB_CONNECTION_STRING is not set)");
  }

  /** The database, if it was there at the last look. */
  Optional<MongoDatabase> database() {
    return state == State.CONNECTED ? Optional.of(database) : Optional.empty();
  }

  private void watch(DatabaseAddress target) {
    try {
      while (look(target)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once; false if there is no use in looking again. */
  private boolean look(DatabaseAddress target) {
    try {
      if (database == null) {
        open(target);
      }
      database.runCommand(new Document("ping", 1));
      enter(State.CONNECTED, "");
    } catch (MongoException e) {
      enter(State.DISCONNECTED, reason(e));
    } catch (IllegalArgumentException e) {
      // The driver's message quotes the string it cannot read.
      LOG.error(
          "DB_CONNECTION_STRING is not an address as mongodb://user:password@host:27017/database; not connecting");
      state = State.DISCONNECTED;
      return false;
    }
    return true;
  }

  private void open(DatabaseAddress target) {
    ConnectionString uri = new ConnectionString(target.uri());
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applicationName("phoenix")
            .applyToClusterSettings(
                cluster ->
                    cluster.serverSelectionTimeout(
                        SELECTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
            .applyToSocketSettings(
                socket ->
                    socket
                        .connectTimeout((int) CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout((int) READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
            .applyToServerSettings(
                server ->
                    server
                        .serverMonitoringMode(ServerMonitoringMode.POLL)
                        .heartbeatFrequency(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS))
            .applyToConnectionPoolSettings(
                pool ->
                    pool.maxSize(CONNECTIONS)
                        .maxWaitTime(SELECTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
            .applyConnectionString(uri)
            .build();
    client = MongoClients.create(settings);
    database = client.getDatabase(Optional.ofNullable(uri.getDatabase()).orElse(DEFAULT_DATABASE));
  }

  private void enter(State next, String reason) {
    State last = state;
    state = next;
    if (last == next) {
      return;
    }
    if (next == State.CONNECTED) {
      LOG.info("database connected: {}", shownAddress());
    } else {
      LOG.warn("database disconnected: {} ({})", shownAddress(), reason);
    }
  }

  /**
   * Names of exceptions, from what failed to why. Their messages may quote credentials and are
   * never shown.
   */
  private String reason(MongoException error) {
    StringBuilder names = new StringBuilder();
    for (Throwable cause = cause(error); cause != null; cause = cause.getCause()) {
      names.append(names.isEmpty() ? "" : ": ").append(cause.getClass().getSimpleName());
    }
    return names.toString();
  }

  /** A selection timeout has no cause; the server's description knows it. */
  private Throwable cause(MongoException error) {
    if (client == null) {
      return error;
    }
    return client.getClusterDescription().getServerDescriptions().stream()
        .map(ServerDescription::getException)
        .filter(exception -> exception != null)
        .findFirst()
        .orElse(error);
  }
}
