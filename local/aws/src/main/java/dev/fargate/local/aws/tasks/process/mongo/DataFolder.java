package dev.fargate.local.aws.tasks.process.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Where the stand-in keeps its data: a file, and beside it the root user that the first start has
 * made. As with the image, a later start takes no other password from its environment. One process
 * at a time: the file is locked.
 */
final class DataFolder {
  /** What mongod exits with when another has the data. */
  private static final int LOCKED = 100;

  /** There once a server has run; whoever looks for data of mongod looks for it. */
  private static final String STORAGE_FILE = "storage.bson";

  private static final String USER = "MONGO_INITDB_ROOT_USERNAME";
  private static final String PASSWORD = "MONGO_INITDB_ROOT_PASSWORD";

  private final Path folder;

  /**
   * @param folder null for memory only
   */
  DataFolder(Path folder) {
    this.folder = folder;
  }

  MVStore open() {
    if (folder == null) {
      return MVStore.open(null);
    }
    try {
      Files.createDirectories(folder);
      touch(folder.resolve(STORAGE_FILE));
      return new MVStore.Builder().fileName(folder.resolve("stand-in.mv").toString()).open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    } catch (MVStoreException e) {
      System.err.println(
          "DBPathInUse: cannot open the data of another process, or what is no data: "
              + e.getMessage());
      System.exit(LOCKED);
      throw e;
    }
  }

  private static void touch(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
  }

  /** The user and password to ask for, empty for none: those of the first start. */
  List<String> rootUser(Map<String, String> environment) {
    String user = environment.getOrDefault(USER, "");
    String password = environment.getOrDefault(PASSWORD, "");
    if (user.isEmpty() != password.isEmpty()) {
      System.err.println("error: both " + USER + " and " + PASSWORD + " are needed");
      System.exit(1);
    }
    List<String> given = user.isEmpty() ? List.of() : List.of(user, password);
    if (folder == null) {
      return given;
    }
    Path file = folder.resolve("root-user");
    try {
      if (Files.exists(file)) {
        return Files.readAllLines(file);
      }
      Path written = folder.resolve("root-user.new");
      Files.deleteIfExists(written);
      Files.createFile(
          written,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(written, given);
      Files.move(written, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      return given;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the root user in " + folder, e);
    }
  }
}
