package dev.fargate.local.aws.tasks.process.mongo;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.MVStore;

/**
 * A MongoDB that lets nobody do anything before they have shown the root user's password, as a
 * server started with {@code --auth} does.
 */
final class AuthenticatingBackend extends StoredBackend {
  private static final int UNAUTHORIZED = 13;
  private static final int AUTHENTICATION_FAILED = 18;
  private static final int BAD_VALUE = 2;
  private static final String AUTH_DATABASE = "admin";

  /** What MongoDB answers without authentication. */
  private static final Set<String> OPEN =
      Set.of("hello", "ismaster", "ping", "buildinfo", "whatsmyuri", "logout", "endsessions");

  private final String user;
  private final Map<Scram.Mechanism, Scram> mechanisms = new EnumMap<>(Scram.Mechanism.class);
  private final Map<Channel, Attempt> attempts = new ConcurrentHashMap<>();
  private final Set<Channel> authenticated = ConcurrentHashMap.newKeySet();

  /**
   * @param skipsEmpty whether the client wants to be done with the server's final message
   */
  private record Attempt(Scram.Conversation conversation, boolean skipsEmpty, boolean proved) {}

  AuthenticatingBackend(MVStore store, String user, String password) {
    super(store);
    this.user = user;
    for (Scram.Mechanism mechanism : Scram.Mechanism.values()) {
      mechanisms.put(mechanism, new Scram(mechanism, user, password));
    }
  }

  @Override
  public Document handleCommand(
      Channel channel, String databaseName, String command, Document query) {
    String name = command.toLowerCase(Locale.ROOT);
    if (name.equals("saslstart")) {
      return start(channel, databaseName, query);
    }
    if (name.equals("saslcontinue")) {
      return proceed(channel, query);
    }
    if (name.equals("logout")) {
      authenticated.remove(channel);
      return new Document("ok", 1.0);
    }
    if (!OPEN.contains(name)) {
      requireAuthenticated(channel, command);
    }
    Document answer = super.handleCommand(channel, databaseName, command, query);
    Object asked = query.get("saslSupportedMechs");
    if (asked != null && asked.equals(AUTH_DATABASE + "." + user)) {
      List<String> names = new ArrayList<>();
      mechanisms.keySet().forEach(mechanism -> names.add(mechanism.wireName));
      answer.put("saslSupportedMechs", names);
    }
    return answer;
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    // Commands in the old form are checked like all others; everything else reads a collection.
    if (!query.getCollectionName().equals("$cmd")) {
      requireAuthenticated(query.getChannel(), "find");
    }
    return super.handleQuery(query);
  }

  @Override
  public void handleClose(Channel channel) {
    authenticated.remove(channel);
    attempts.remove(channel);
    super.handleClose(channel);
  }

  private void requireAuthenticated(Channel channel, String command) {
    if (!authenticated.contains(channel)) {
      throw new MongoServerError(
          UNAUTHORIZED, "Unauthorized", "Command " + command + " requires authentication");
    }
  }

  private Document start(Channel channel, String databaseName, Document query) {
    String wireName = String.valueOf(query.get("mechanism"));
    Scram scram =
        mechanisms.entrySet().stream()
            .filter(entry -> entry.getKey().wireName.equals(wireName))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(
                () ->
                    new MongoServerError(
                        BAD_VALUE, "BadValue", "Unsupported mechanism: " + wireName));
    if (!databaseName.equals(AUTH_DATABASE)) {
      throw failed();
    }
    authenticated.remove(channel);
    try {
      Scram.Conversation conversation = scram.new Conversation(payload(query));
      boolean skipsEmpty =
          query.get("options") instanceof Document options
              && Boolean.TRUE.equals(options.get("skipEmptyExchange"));
      attempts.put(channel, new Attempt(conversation, skipsEmpty, false));
      return answer(conversation.serverFirst(), false);
    } catch (GeneralSecurityException e) {
      throw failed();
    }
  }

  private Document proceed(Channel channel, Document query) {
    Attempt attempt = attempts.remove(channel);
    if (attempt == null) {
      throw failed();
    }
    if (attempt.proved()) {
      authenticated.add(channel);
      return answer("", true);
    }
    try {
      String last = attempt.conversation().finish(payload(query));
      if (attempt.skipsEmpty()) {
        authenticated.add(channel);
      } else {
        attempts.put(channel, new Attempt(attempt.conversation(), false, true));
      }
      return answer(last, attempt.skipsEmpty());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw failed();
    }
  }

  private static String payload(Document query) throws GeneralSecurityException {
    if (query.get("payload") instanceof BinData data) {
      return new String(data.getData(), StandardCharsets.UTF_8);
    }
    if (query.get("payload") instanceof byte[] data) {
      return new String(data, StandardCharsets.UTF_8);
    }
    throw new GeneralSecurityException("a SASL message without payload");
  }

  private static Document answer(String payload, boolean done) {
    return new Document("conversationId", 1)
        .append("done", done)
        .append("payload", new BinData(payload.getBytes(StandardCharsets.UTF_8)))
        .append("ok", 1.0);
  }

  private static MongoServerError failed() {
    return new MongoServerError(
        AUTHENTICATION_FAILED, "AuthenticationFailed", "Authentication failed.");
  }
}
