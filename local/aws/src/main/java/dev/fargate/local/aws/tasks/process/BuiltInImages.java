package dev.fargate.local.aws.tasks.process;

import dev.fargate.local.aws.tasks.process.faulty.Faulty;
import dev.fargate.local.aws.tasks.process.mongo.MongoPing;
import dev.fargate.local.aws.tasks.process.mongo.MongoStandIn;
import dev.fargate.local.aws.tasks.process.mongo.Mongod;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images this endpoint can run by itself: a MongoDB, real or not, and one that misbehaves. */
public final class BuiltInImages {
  private static final Logger LOG = LoggerFactory.getLogger(BuiltInImages.class);

  /** They are small programs that should start at once, beside many others. */
  private static final List<String> SMALL_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-Xss512k",
          "-Dslf4j.internal.verbosity=ERROR");

  /** One class of each library that the stand-in for MongoDB is made of. */
  private static final List<String> CLASSES =
      List.of(
          BuiltInImages.class.getName(),
          "de.bwaldvogel.mongo.MongoServer",
          "de.bwaldvogel.mongo.backend.AbstractMongoBackend",
          "de.bwaldvogel.mongo.backend.h2.H2Backend",
          "org.h2.mvstore.MVStore",
          "io.netty.util.concurrent.Future",
          "io.netty.buffer.ByteBuf",
          "io.netty.channel.Channel",
          "io.netty.channel.unix.Socket",
          "io.netty.handler.codec.ByteToMessageDecoder",
          "io.netty.handler.ssl.SslHandler",
          "io.netty.resolver.AddressResolver",
          "org.slf4j.LoggerFactory");

  /** Where the image keeps its data; what is not mounted is gone with the task. */
  private static final String DATA = "{mount:/data/db}";

  private BuiltInImages() {}

  /** To be put behind a caller's own table: {@code mine.or(BuiltInImages.table())}. */
  public static ImageTable table() {
    return table(System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * Likewise.
   *
   * @param path the folders in which a real mongod is looked for
   */
  static ImageTable table(String path) {
    List<String> mongo = mongo(path);
    Map<String, List<String>> programs = new HashMap<>();
    programs.put("mongosh", java("-Xmx16m", MongoPing.class, "{address}"));
    programs.put(ImageTable.ENTRY_POINT, mongo);
    if (program("flock", path).isEmpty()) {
      // Not on every machine as it is in the image. Server and stand-in lock their files as well.
      programs.put("flock", List.of("true"));
    }
    return ImageTable.of(
        new ImageTable.Entry("mongo*", mongo, Map.of(), programs),
        new ImageTable.Entry("faulty", java("-Xmx2g", Faulty.class, "{tag}", "{address}")));
  }

  private static List<String> mongo(String path) {
    Optional<Path> mongod = program("mongod", path);
    if (mongod.isEmpty()) {
      LOG.info("The mongo image is a stand-in: there is no mongod on the PATH");
      return java("-Xmx192m", MongoStandIn.class, "{address}", DATA);
    }
    LOG.info("The mongo image is this machine's {}", mongod.get());
    return java("-Xmx16m", Mongod.class, "{address}", DATA, mongod.get().toString());
  }

  private static Optional<Path> program(String name, String path) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name).toAbsolutePath())
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * Only what the small programs need: they start faster without the rest, and no logging library
   * of the endpoint writes into their logs.
   */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (String name : CLASSES) {
      try {
        Class<?> type = Class.forName(name, false, BuiltInImages.class.getClassLoader());
        places.add(
            Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      } catch (ClassNotFoundException | URISyntaxException e) {
        throw new IllegalStateException("the class path lacks " + name, e);
      }
    }
    return String.join(File.pathSeparator, places);
  }

  private static List<String> java(String heap, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(ImageTable.java(), heap));
    command.addAll(SMALL_JVM);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
