package dev.fargate.local.kube;

import static dev.fargate.local.kube.TestApi.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.kube.record.Call;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.StatusError;
import org.junit.jupiter.api.Test;

/** What a test can make go wrong, and what it can look up afterwards. */
class FaultsTest {
  private static final StatusError BROKEN = StatusError.of(500, "InternalError", "injected");
  private final TestApi api = new TestApi();

  @Test
  void theNthMatchingCallFailsWithoutEffectAndTheNextWorks() {
    api.api().faults().failCall(2, call -> call.verb().equals("create"), BROKEN);
    create("a").expect(201);
    assertThat(create("b").expect(500).text("/message")).isEqualTo("injected");
    api.get(CONFIG_MAPS + "/b").expect(404);
    create("b").expect(201);
  }

  @Test
  void aLostAnswerHasTakenEffect() {
    api.api().faults().loseAnswer(1, call -> call.resource().equals("configmaps"), BROKEN);
    create("a").expect(500);
    api.get(CONFIG_MAPS + "/a").expect(200);
  }

  @Test
  void everyMatchingCallFailsUntilTheFaultsAreCleared() {
    api.api().faults().failCalls(call -> call.verb().equals("create"), BROKEN);
    create("a").expect(500);
    create("a").expect(500);
    api.get(CONFIG_MAPS + "/a").expect(404);
    api.api().faults().clear();
    create("a").expect(201);
  }

  @Test
  void clearedFaultsDoNotHappen() {
    api.api().faults().failCall(1, call -> true, BROKEN);
    api.api().faults().clear();
    create("a").expect(201);
  }

  @Test
  void everyCallIsRecordedInTheWordsOfRbac() {
    api.send(
            KubeRequest.of("POST", CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\"}}")
                .header("User-Agent", "operator/1.0"))
        .expect(201);
    api.get(CONFIG_MAPS);
    api.watch(CONFIG_MAPS + "?watch=true");
    api.merge(TestApi.WIDGETS + "/one/status", "{}").expect(404);
    api.delete(CONFIG_MAPS + "?labelSelector=x").expect(200);

    assertThat(api.api().recorder().calls(c -> true))
        .extracting(Call::verb)
        .containsExactly("create", "list", "watch", "patch", "deletecollection");
    assertThat(api.api().recorder().writes())
        .first()
        .isEqualTo(new Call("create", "", "configmaps", "", "default", "", "operator/1.0"));
    assertThat(api.api().recorder().count("patch", "test.fargate.dev", "widgets/status"))
        .isEqualTo(1);
    assertThat(api.api().recorder().total()).isEqualTo(5);
  }

  @Test
  void theSameCallsGiveTheSameAnswersAgain() {
    assertThat(
            new TestApi().create(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"a-\"}}").object())
        .isEqualTo(api.create(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"a-\"}}").object());
  }

  private TestApi.Answer create(String name) {
    return api.create(CONFIG_MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
  }
}
