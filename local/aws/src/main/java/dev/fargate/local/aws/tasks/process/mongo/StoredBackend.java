package dev.fargate.local.aws.tasks.process.mongo;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import org.h2.mvstore.MVStore;

/**
 * A MongoDB whose writes are in its file before they are acknowledged: whoever kills the process
 * after an answer loses nothing. The file grows at its end only, so that a write that was cut off
 * leaves what was before it.
 */
class StoredBackend extends H2Backend {
  private final MVStore store;

  StoredBackend(MVStore store) {
    super(store);
    this.store = store;
  }

  @Override
  public Document handleCommand(
      Channel channel, String databaseName, String command, Document query) {
    Document answer = super.handleCommand(channel, databaseName, command, query);
    if (store.hasUnsavedChanges()) {
      store.commit();
    }
    return answer;
  }
}
