"""Makes model.onnx and vocab.txt: a model of four dimensions, whose vector of a token is a row of a table. Needs the packages onnx and numpy."""

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "cat", "dog", "##s", "car"]
TABLE = numpy.array(
    [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0.8, 0.6, 0, 0], [0, 0, 0, 0.5], [0, -1, 0, 0]], numpy.float32)
SHAPE = ["batch", "length"]

graph = helper.make_graph(
    [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"]),
     helper.make_node("Identity", ["attention_mask"], ["mask"])],
    "tiny",
    [helper.make_tensor_value_info(name, TensorProto.INT64, SHAPE) for name in ("input_ids", "attention_mask")],
    [helper.make_tensor_value_info("mask", TensorProto.INT64, SHAPE),
     helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*SHAPE, 4])],
    [numpy_helper.from_array(TABLE, "table")])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), "model.onnx")
with open("vocab.txt", "w", encoding="utf-8") as file:
    file.write("\n".join(VOCABULARY) + "\n")
