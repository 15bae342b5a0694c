import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;

/**
 * Kafka's own message code, asked line by line: `request KEY VERSION BYTES` and `response KEY VERSION BYTES` answer the bytes of
 * the message after it was read and written again. Bytes are in hexadecimal.
 */
public class MessagesPeer {
  public static void main(String[] args) throws Exception {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      String answer;
      try {
        String[] question = line.split(" ", -1);
        answer = again(question[0], Short.parseShort(question[1]), Short.parseShort(question[2]), HexFormat.of().parseHex(question[3]));
      } catch (Exception error) {
        answer = "error: " + error.toString().replace('\n', ' ');
      }
      System.out.println(answer);
    }
  }

  static String again(String side, short key, short version, byte[] bytes) {
    ApiMessageType type = ApiMessageType.fromApiKey(key);
    ApiMessage message = side.equals("request") ? type.newRequest() : type.newResponse();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    message.read(new ByteBufferAccessor(buffer), version);
    if (buffer.hasRemaining()) return "error: " + buffer.remaining() + " bytes remain";
    ByteBuffer written = MessageUtil.toByteBufferAccessor(message, version).buffer();
    byte[] array = new byte[written.remaining()];
    written.get(array);
    return HexFormat.of().formatHex(array);
  }
}
