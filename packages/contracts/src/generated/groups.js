/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "../protobuf.ts";
import { millrace as $failure } from "./failure.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["millrace.groups"] || ($protobuf.roots["millrace.groups"] = {});

export const millrace = $root.millrace = (() => {

    const millrace = {};

    millrace.groups = (function() {

        const groups = {};

        groups.v1 = (function() {

            const v1 = {};

            v1.FindCoordinatorRequest = (function() {

                const FindCoordinatorRequest = function (properties) {
                    this.groupId = FindCoordinatorRequest.prototype.groupId;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FindCoordinatorRequest.prototype.groupId = "";

                FindCoordinatorRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FindCoordinatorRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.FindCoordinatorRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = FindCoordinatorRequest.prototype.groupId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FindCoordinatorRequest;
            })();

            v1.FindCoordinatorResponse = (function() {

                const FindCoordinatorResponse = function (properties) {
                    this.broker = FindCoordinatorResponse.prototype.broker;
                    this.host = FindCoordinatorResponse.prototype.host;
                    this.port = FindCoordinatorResponse.prototype.port;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FindCoordinatorResponse.prototype.broker = 0;
                FindCoordinatorResponse.prototype.host = "";
                FindCoordinatorResponse.prototype.port = 0;

                FindCoordinatorResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.broker != null && $Object.hasOwnProperty.call(message, "broker") && message.broker !== 0)
                        writer.uint32(8).int32(message.broker);
                    if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                        writer.uint32(18).string(message.host);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(24).int32(message.port);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FindCoordinatorResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.FindCoordinatorResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.broker = value;
                                else
                                    message.broker = FindCoordinatorResponse.prototype.broker;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.host = value;
                                else
                                    message.host = FindCoordinatorResponse.prototype.host;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.port = value;
                                else
                                    message.port = FindCoordinatorResponse.prototype.port;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FindCoordinatorResponse;
            })();

            v1.JoinRequest = (function() {

                const JoinRequest = function (properties) {
                    this.groupId = JoinRequest.prototype.groupId;
                    this.memberId = JoinRequest.prototype.memberId;
                    this.groupInstanceId = JoinRequest.prototype.groupInstanceId;
                    this.sessionTimeoutMs = JoinRequest.prototype.sessionTimeoutMs;
                    this.rebalanceTimeoutMs = JoinRequest.prototype.rebalanceTimeoutMs;
                    this.protocolType = JoinRequest.prototype.protocolType;
                    this.reason = JoinRequest.prototype.reason;
                    this.protocols = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                JoinRequest.prototype.groupId = "";
                JoinRequest.prototype.memberId = "";
                JoinRequest.prototype.groupInstanceId = null;
                JoinRequest.prototype.sessionTimeoutMs = 0;
                JoinRequest.prototype.rebalanceTimeoutMs = 0;
                JoinRequest.prototype.protocolType = "";
                JoinRequest.prototype.protocols = $util.emptyArray;
                JoinRequest.prototype.reason = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(JoinRequest.prototype, "_groupInstanceId", {
                    get: $util.oneOfGetter($oneOfFields = ["groupInstanceId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(JoinRequest.prototype, "_reason", {
                    get: $util.oneOfGetter($oneOfFields = ["reason"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                JoinRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                        writer.uint32(18).string(message.memberId);
                    if (message.groupInstanceId != null && $Object.hasOwnProperty.call(message, "groupInstanceId"))
                        writer.uint32(26).string(message.groupInstanceId);
                    if (message.sessionTimeoutMs != null && $Object.hasOwnProperty.call(message, "sessionTimeoutMs") && message.sessionTimeoutMs !== 0)
                        writer.uint32(32).int32(message.sessionTimeoutMs);
                    if (message.rebalanceTimeoutMs != null && $Object.hasOwnProperty.call(message, "rebalanceTimeoutMs") && message.rebalanceTimeoutMs !== 0)
                        writer.uint32(40).int32(message.rebalanceTimeoutMs);
                    if (message.protocolType != null && $Object.hasOwnProperty.call(message, "protocolType") && message.protocolType !== "")
                        writer.uint32(50).string(message.protocolType);
                    if (message.protocols != null && message.protocols.length)
                        for (let i = 0; i < message.protocols.length; ++i)
                            $root.millrace.groups.v1.GroupProtocol.encode(message.protocols[i], writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        writer.uint32(66).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                JoinRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.JoinRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = JoinRequest.prototype.groupId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.memberId = value;
                                else
                                    message.memberId = JoinRequest.prototype.memberId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.groupInstanceId = reader.stringVerify();
                                message._groupInstanceId = "groupInstanceId";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.sessionTimeoutMs = value;
                                else
                                    message.sessionTimeoutMs = JoinRequest.prototype.sessionTimeoutMs;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.rebalanceTimeoutMs = value;
                                else
                                    message.rebalanceTimeoutMs = JoinRequest.prototype.rebalanceTimeoutMs;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocolType = value;
                                else
                                    message.protocolType = JoinRequest.prototype.protocolType;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.protocols && message.protocols.length))
                                    message.protocols = [];
                                message.protocols.push($root.millrace.groups.v1.GroupProtocol.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.reason = reader.stringVerify();
                                message._reason = "reason";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return JoinRequest;
            })();

            v1.GroupProtocol = (function() {

                const GroupProtocol = function (properties) {
                    this.name = GroupProtocol.prototype.name;
                    this.metadata = GroupProtocol.prototype.metadata;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                GroupProtocol.prototype.name = "";
                GroupProtocol.prototype.metadata = $util.newBuffer([]);

                GroupProtocol.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(10).string(message.name);
                    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata") && message.metadata.length)
                        writer.uint32(18).bytes(message.metadata);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                GroupProtocol.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.GroupProtocol();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    message.name = GroupProtocol.prototype.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.metadata = value;
                                else
                                    message.metadata = GroupProtocol.prototype.metadata;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return GroupProtocol;
            })();

            v1.JoinResponse = (function() {

                const JoinResponse = function (properties) {
                    this.generationId = JoinResponse.prototype.generationId;
                    this.protocolType = JoinResponse.prototype.protocolType;
                    this.protocolName = JoinResponse.prototype.protocolName;
                    this.leader = JoinResponse.prototype.leader;
                    this.memberId = JoinResponse.prototype.memberId;
                    this.skipAssignment = JoinResponse.prototype.skipAssignment;
                    this.members = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                JoinResponse.prototype.generationId = 0;
                JoinResponse.prototype.protocolType = "";
                JoinResponse.prototype.protocolName = "";
                JoinResponse.prototype.leader = "";
                JoinResponse.prototype.memberId = "";
                JoinResponse.prototype.skipAssignment = false;
                JoinResponse.prototype.members = $util.emptyArray;

                JoinResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.generationId != null && $Object.hasOwnProperty.call(message, "generationId") && message.generationId !== 0)
                        writer.uint32(8).int32(message.generationId);
                    if (message.protocolType != null && $Object.hasOwnProperty.call(message, "protocolType") && message.protocolType !== "")
                        writer.uint32(18).string(message.protocolType);
                    if (message.protocolName != null && $Object.hasOwnProperty.call(message, "protocolName") && message.protocolName !== "")
                        writer.uint32(26).string(message.protocolName);
                    if (message.leader != null && $Object.hasOwnProperty.call(message, "leader") && message.leader !== "")
                        writer.uint32(34).string(message.leader);
                    if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                        writer.uint32(42).string(message.memberId);
                    if (message.skipAssignment != null && $Object.hasOwnProperty.call(message, "skipAssignment") && message.skipAssignment !== false)
                        writer.uint32(48).bool(message.skipAssignment);
                    if (message.members != null && message.members.length)
                        for (let i = 0; i < message.members.length; ++i)
                            $root.millrace.groups.v1.JoinedMember.encode(message.members[i], writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                JoinResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.JoinResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.generationId = value;
                                else
                                    message.generationId = JoinResponse.prototype.generationId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocolType = value;
                                else
                                    message.protocolType = JoinResponse.prototype.protocolType;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocolName = value;
                                else
                                    message.protocolName = JoinResponse.prototype.protocolName;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.leader = value;
                                else
                                    message.leader = JoinResponse.prototype.leader;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.memberId = value;
                                else
                                    message.memberId = JoinResponse.prototype.memberId;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.skipAssignment = value;
                                else
                                    message.skipAssignment = JoinResponse.prototype.skipAssignment;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.members && message.members.length))
                                    message.members = [];
                                message.members.push($root.millrace.groups.v1.JoinedMember.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return JoinResponse;
            })();

            v1.JoinedMember = (function() {

                const JoinedMember = function (properties) {
                    this.memberId = JoinedMember.prototype.memberId;
                    this.groupInstanceId = JoinedMember.prototype.groupInstanceId;
                    this.metadata = JoinedMember.prototype.metadata;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                JoinedMember.prototype.memberId = "";
                JoinedMember.prototype.groupInstanceId = null;
                JoinedMember.prototype.metadata = $util.newBuffer([]);

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(JoinedMember.prototype, "_groupInstanceId", {
                    get: $util.oneOfGetter($oneOfFields = ["groupInstanceId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                JoinedMember.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                        writer.uint32(10).string(message.memberId);
                    if (message.groupInstanceId != null && $Object.hasOwnProperty.call(message, "groupInstanceId"))
                        writer.uint32(18).string(message.groupInstanceId);
                    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata") && message.metadata.length)
                        writer.uint32(26).bytes(message.metadata);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                JoinedMember.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.JoinedMember();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.memberId = value;
                                else
                                    message.memberId = JoinedMember.prototype.memberId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.groupInstanceId = reader.stringVerify();
                                message._groupInstanceId = "groupInstanceId";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.metadata = value;
                                else
                                    message.metadata = JoinedMember.prototype.metadata;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return JoinedMember;
            })();

            v1.Member = (function() {

                const Member = function (properties) {
                    this.groupId = Member.prototype.groupId;
                    this.generationId = Member.prototype.generationId;
                    this.memberId = Member.prototype.memberId;
                    this.groupInstanceId = Member.prototype.groupInstanceId;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Member.prototype.groupId = "";
                Member.prototype.generationId = 0;
                Member.prototype.memberId = "";
                Member.prototype.groupInstanceId = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Member.prototype, "_groupInstanceId", {
                    get: $util.oneOfGetter($oneOfFields = ["groupInstanceId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Member.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.generationId != null && $Object.hasOwnProperty.call(message, "generationId") && message.generationId !== 0)
                        writer.uint32(16).int32(message.generationId);
                    if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                        writer.uint32(26).string(message.memberId);
                    if (message.groupInstanceId != null && $Object.hasOwnProperty.call(message, "groupInstanceId"))
                        writer.uint32(34).string(message.groupInstanceId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Member.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.Member();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = Member.prototype.groupId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.generationId = value;
                                else
                                    message.generationId = Member.prototype.generationId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.memberId = value;
                                else
                                    message.memberId = Member.prototype.memberId;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.groupInstanceId = reader.stringVerify();
                                message._groupInstanceId = "groupInstanceId";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Member;
            })();

            v1.SyncRequest = (function() {

                const SyncRequest = function (properties) {
                    this.member = SyncRequest.prototype.member;
                    this.protocolType = SyncRequest.prototype.protocolType;
                    this.protocolName = SyncRequest.prototype.protocolName;
                    this.assignments = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SyncRequest.prototype.member = null;
                SyncRequest.prototype.protocolType = null;
                SyncRequest.prototype.protocolName = null;
                SyncRequest.prototype.assignments = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SyncRequest.prototype, "_protocolType", {
                    get: $util.oneOfGetter($oneOfFields = ["protocolType"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(SyncRequest.prototype, "_protocolName", {
                    get: $util.oneOfGetter($oneOfFields = ["protocolName"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                SyncRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.member != null && $Object.hasOwnProperty.call(message, "member"))
                        $root.millrace.groups.v1.Member.encode(message.member, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.protocolType != null && $Object.hasOwnProperty.call(message, "protocolType"))
                        writer.uint32(18).string(message.protocolType);
                    if (message.protocolName != null && $Object.hasOwnProperty.call(message, "protocolName"))
                        writer.uint32(26).string(message.protocolName);
                    if (message.assignments != null && message.assignments.length)
                        for (let i = 0; i < message.assignments.length; ++i)
                            $root.millrace.groups.v1.MemberAssignment.encode(message.assignments[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SyncRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.SyncRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.member = $root.millrace.groups.v1.Member.decode(reader, reader.size(), $undefined, _depth + 1, message.member);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.protocolType = reader.stringVerify();
                                message._protocolType = "protocolType";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.protocolName = reader.stringVerify();
                                message._protocolName = "protocolName";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.assignments && message.assignments.length))
                                    message.assignments = [];
                                message.assignments.push($root.millrace.groups.v1.MemberAssignment.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SyncRequest;
            })();

            v1.MemberAssignment = (function() {

                const MemberAssignment = function (properties) {
                    this.memberId = MemberAssignment.prototype.memberId;
                    this.assignment = MemberAssignment.prototype.assignment;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                MemberAssignment.prototype.memberId = "";
                MemberAssignment.prototype.assignment = $util.newBuffer([]);

                MemberAssignment.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                        writer.uint32(10).string(message.memberId);
                    if (message.assignment != null && $Object.hasOwnProperty.call(message, "assignment") && message.assignment.length)
                        writer.uint32(18).bytes(message.assignment);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                MemberAssignment.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.MemberAssignment();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.memberId = value;
                                else
                                    message.memberId = MemberAssignment.prototype.memberId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.assignment = value;
                                else
                                    message.assignment = MemberAssignment.prototype.assignment;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return MemberAssignment;
            })();

            v1.SyncResponse = (function() {

                const SyncResponse = function (properties) {
                    this.protocolType = SyncResponse.prototype.protocolType;
                    this.protocolName = SyncResponse.prototype.protocolName;
                    this.assignment = SyncResponse.prototype.assignment;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SyncResponse.prototype.protocolType = "";
                SyncResponse.prototype.protocolName = "";
                SyncResponse.prototype.assignment = $util.newBuffer([]);

                SyncResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.protocolType != null && $Object.hasOwnProperty.call(message, "protocolType") && message.protocolType !== "")
                        writer.uint32(10).string(message.protocolType);
                    if (message.protocolName != null && $Object.hasOwnProperty.call(message, "protocolName") && message.protocolName !== "")
                        writer.uint32(18).string(message.protocolName);
                    if (message.assignment != null && $Object.hasOwnProperty.call(message, "assignment") && message.assignment.length)
                        writer.uint32(26).bytes(message.assignment);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SyncResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.SyncResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocolType = value;
                                else
                                    message.protocolType = SyncResponse.prototype.protocolType;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocolName = value;
                                else
                                    message.protocolName = SyncResponse.prototype.protocolName;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.assignment = value;
                                else
                                    message.assignment = SyncResponse.prototype.assignment;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SyncResponse;
            })();

            v1.HeartbeatRequest = (function() {

                const HeartbeatRequest = function (properties) {
                    this.member = HeartbeatRequest.prototype.member;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                HeartbeatRequest.prototype.member = null;

                HeartbeatRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.member != null && $Object.hasOwnProperty.call(message, "member"))
                        $root.millrace.groups.v1.Member.encode(message.member, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                HeartbeatRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.HeartbeatRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.member = $root.millrace.groups.v1.Member.decode(reader, reader.size(), $undefined, _depth + 1, message.member);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return HeartbeatRequest;
            })();

            v1.HeartbeatResponse = (function() {

                const HeartbeatResponse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                HeartbeatResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                HeartbeatResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.HeartbeatResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return HeartbeatResponse;
            })();

            v1.LeaveRequest = (function() {

                const LeaveRequest = function (properties) {
                    this.groupId = LeaveRequest.prototype.groupId;
                    this.members = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                LeaveRequest.prototype.groupId = "";
                LeaveRequest.prototype.members = $util.emptyArray;

                LeaveRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.members != null && message.members.length)
                        for (let i = 0; i < message.members.length; ++i)
                            $root.millrace.groups.v1.LeavingMember.encode(message.members[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                LeaveRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.LeaveRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = LeaveRequest.prototype.groupId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.members && message.members.length))
                                    message.members = [];
                                message.members.push($root.millrace.groups.v1.LeavingMember.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return LeaveRequest;
            })();

            v1.LeavingMember = (function() {

                const LeavingMember = function (properties) {
                    this.memberId = LeavingMember.prototype.memberId;
                    this.groupInstanceId = LeavingMember.prototype.groupInstanceId;
                    this.reason = LeavingMember.prototype.reason;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                LeavingMember.prototype.memberId = "";
                LeavingMember.prototype.groupInstanceId = null;
                LeavingMember.prototype.reason = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LeavingMember.prototype, "_groupInstanceId", {
                    get: $util.oneOfGetter($oneOfFields = ["groupInstanceId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LeavingMember.prototype, "_reason", {
                    get: $util.oneOfGetter($oneOfFields = ["reason"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                LeavingMember.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                        writer.uint32(10).string(message.memberId);
                    if (message.groupInstanceId != null && $Object.hasOwnProperty.call(message, "groupInstanceId"))
                        writer.uint32(18).string(message.groupInstanceId);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        writer.uint32(26).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                LeavingMember.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.LeavingMember();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.memberId = value;
                                else
                                    message.memberId = LeavingMember.prototype.memberId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.groupInstanceId = reader.stringVerify();
                                message._groupInstanceId = "groupInstanceId";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.reason = reader.stringVerify();
                                message._reason = "reason";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return LeavingMember;
            })();

            v1.LeaveResponse = (function() {

                const LeaveResponse = function (properties) {
                    this.outcomes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                LeaveResponse.prototype.outcomes = $util.emptyArray;

                LeaveResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.outcomes != null && message.outcomes.length)
                        for (let i = 0; i < message.outcomes.length; ++i)
                            $root.millrace.groups.v1.Outcome.encode(message.outcomes[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                LeaveResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.LeaveResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.outcomes && message.outcomes.length))
                                    message.outcomes = [];
                                message.outcomes.push($root.millrace.groups.v1.Outcome.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return LeaveResponse;
            })();

            v1.Outcome = (function() {

                const Outcome = function (properties) {
                    this.failure = Outcome.prototype.failure;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Outcome.prototype.failure = null;

                Outcome.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                        $root.millrace.v1.Failure.encode(message.failure, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Outcome.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.Outcome();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.failure = $root.millrace.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Outcome;
            })();

            v1.CommitOffsetsRequest = (function() {

                const CommitOffsetsRequest = function (properties) {
                    this.member = CommitOffsetsRequest.prototype.member;
                    this.offsets = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CommitOffsetsRequest.prototype.member = null;
                CommitOffsetsRequest.prototype.offsets = $util.emptyArray;

                CommitOffsetsRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.member != null && $Object.hasOwnProperty.call(message, "member"))
                        $root.millrace.groups.v1.Member.encode(message.member, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.offsets != null && message.offsets.length)
                        for (let i = 0; i < message.offsets.length; ++i)
                            $root.millrace.groups.v1.CommittedOffset.encode(message.offsets[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CommitOffsetsRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.CommitOffsetsRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.member = $root.millrace.groups.v1.Member.decode(reader, reader.size(), $undefined, _depth + 1, message.member);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.offsets && message.offsets.length))
                                    message.offsets = [];
                                message.offsets.push($root.millrace.groups.v1.CommittedOffset.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CommitOffsetsRequest;
            })();

            v1.CommittedOffset = (function() {

                const CommittedOffset = function (properties) {
                    this.topic = CommittedOffset.prototype.topic;
                    this.partition = CommittedOffset.prototype.partition;
                    this.offset = CommittedOffset.prototype.offset;
                    this.leaderEpoch = CommittedOffset.prototype.leaderEpoch;
                    this.metadata = CommittedOffset.prototype.metadata;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CommittedOffset.prototype.topic = "";
                CommittedOffset.prototype.partition = 0;
                CommittedOffset.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                CommittedOffset.prototype.leaderEpoch = null;
                CommittedOffset.prototype.metadata = "";

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(CommittedOffset.prototype, "_leaderEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["leaderEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                CommittedOffset.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.topic != null && $Object.hasOwnProperty.call(message, "topic") && message.topic !== "")
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                        writer.uint32(16).int32(message.partition);
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && (typeof message.offset === "object" ? message.offset.low || message.offset.high : message.offset !== 0))
                        writer.uint32(24).int64(message.offset);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(32).int32(message.leaderEpoch);
                    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata") && message.metadata !== "")
                        writer.uint32(42).string(message.metadata);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CommittedOffset.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.CommittedOffset();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.topic = value;
                                else
                                    message.topic = CommittedOffset.prototype.topic;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partition = value;
                                else
                                    message.partition = CommittedOffset.prototype.partition;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.offset = value;
                                else
                                    message.offset = CommittedOffset.prototype.offset;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.leaderEpoch = reader.int32();
                                message._leaderEpoch = "leaderEpoch";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.metadata = value;
                                else
                                    message.metadata = CommittedOffset.prototype.metadata;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CommittedOffset;
            })();

            v1.CommitOffsetsResponse = (function() {

                const CommitOffsetsResponse = function (properties) {
                    this.outcomes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CommitOffsetsResponse.prototype.outcomes = $util.emptyArray;

                CommitOffsetsResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.outcomes != null && message.outcomes.length)
                        for (let i = 0; i < message.outcomes.length; ++i)
                            $root.millrace.groups.v1.Outcome.encode(message.outcomes[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CommitOffsetsResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.CommitOffsetsResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.outcomes && message.outcomes.length))
                                    message.outcomes = [];
                                message.outcomes.push($root.millrace.groups.v1.Outcome.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CommitOffsetsResponse;
            })();

            v1.FetchOffsetsRequest = (function() {

                const FetchOffsetsRequest = function (properties) {
                    this.groupId = FetchOffsetsRequest.prototype.groupId;
                    this.all = FetchOffsetsRequest.prototype.all;
                    this.requireStable = FetchOffsetsRequest.prototype.requireStable;
                    this.partitions = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FetchOffsetsRequest.prototype.groupId = "";
                FetchOffsetsRequest.prototype.all = false;
                FetchOffsetsRequest.prototype.partitions = $util.emptyArray;
                FetchOffsetsRequest.prototype.requireStable = false;

                FetchOffsetsRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.all != null && $Object.hasOwnProperty.call(message, "all") && message.all !== false)
                        writer.uint32(16).bool(message.all);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.millrace.groups.v1.TopicPartition.encode(message.partitions[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.requireStable != null && $Object.hasOwnProperty.call(message, "requireStable") && message.requireStable !== false)
                        writer.uint32(32).bool(message.requireStable);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FetchOffsetsRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.FetchOffsetsRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = FetchOffsetsRequest.prototype.groupId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.all = value;
                                else
                                    message.all = FetchOffsetsRequest.prototype.all;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.millrace.groups.v1.TopicPartition.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.requireStable = value;
                                else
                                    message.requireStable = FetchOffsetsRequest.prototype.requireStable;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FetchOffsetsRequest;
            })();

            v1.TopicPartition = (function() {

                const TopicPartition = function (properties) {
                    this.topic = TopicPartition.prototype.topic;
                    this.partition = TopicPartition.prototype.partition;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                TopicPartition.prototype.topic = "";
                TopicPartition.prototype.partition = 0;

                TopicPartition.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.topic != null && $Object.hasOwnProperty.call(message, "topic") && message.topic !== "")
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                        writer.uint32(16).int32(message.partition);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                TopicPartition.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.TopicPartition();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.topic = value;
                                else
                                    message.topic = TopicPartition.prototype.topic;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partition = value;
                                else
                                    message.partition = TopicPartition.prototype.partition;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return TopicPartition;
            })();

            v1.FetchOffsetsResponse = (function() {

                const FetchOffsetsResponse = function (properties) {
                    this.offsets = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FetchOffsetsResponse.prototype.offsets = $util.emptyArray;

                FetchOffsetsResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.offsets != null && message.offsets.length)
                        for (let i = 0; i < message.offsets.length; ++i)
                            $root.millrace.groups.v1.FetchedOffset.encode(message.offsets[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FetchOffsetsResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.FetchOffsetsResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.offsets && message.offsets.length))
                                    message.offsets = [];
                                message.offsets.push($root.millrace.groups.v1.FetchedOffset.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FetchOffsetsResponse;
            })();

            v1.FetchedOffset = (function() {

                const FetchedOffset = function (properties) {
                    this.failure = FetchedOffset.prototype.failure;
                    this.topic = FetchedOffset.prototype.topic;
                    this.partition = FetchedOffset.prototype.partition;
                    this.offset = FetchedOffset.prototype.offset;
                    this.leaderEpoch = FetchedOffset.prototype.leaderEpoch;
                    this.metadata = FetchedOffset.prototype.metadata;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FetchedOffset.prototype.failure = null;
                FetchedOffset.prototype.topic = "";
                FetchedOffset.prototype.partition = 0;
                FetchedOffset.prototype.offset = null;
                FetchedOffset.prototype.leaderEpoch = null;
                FetchedOffset.prototype.metadata = "";

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(FetchedOffset.prototype, "_offset", {
                    get: $util.oneOfGetter($oneOfFields = ["offset"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(FetchedOffset.prototype, "_leaderEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["leaderEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                FetchedOffset.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                        $root.millrace.v1.Failure.encode(message.failure, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.topic != null && $Object.hasOwnProperty.call(message, "topic") && message.topic !== "")
                        writer.uint32(18).string(message.topic);
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                        writer.uint32(24).int32(message.partition);
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset"))
                        writer.uint32(32).int64(message.offset);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(40).int32(message.leaderEpoch);
                    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata") && message.metadata !== "")
                        writer.uint32(50).string(message.metadata);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FetchedOffset.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.FetchedOffset();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.failure = $root.millrace.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.topic = value;
                                else
                                    message.topic = FetchedOffset.prototype.topic;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partition = value;
                                else
                                    message.partition = FetchedOffset.prototype.partition;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.offset = reader.int64();
                                message._offset = "offset";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                message.leaderEpoch = reader.int32();
                                message._leaderEpoch = "leaderEpoch";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.metadata = value;
                                else
                                    message.metadata = FetchedOffset.prototype.metadata;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FetchedOffset;
            })();

            v1.DeleteOffsetsRequest = (function() {

                const DeleteOffsetsRequest = function (properties) {
                    this.groupId = DeleteOffsetsRequest.prototype.groupId;
                    this.partitions = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                DeleteOffsetsRequest.prototype.groupId = "";
                DeleteOffsetsRequest.prototype.partitions = $util.emptyArray;

                DeleteOffsetsRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.millrace.groups.v1.TopicPartition.encode(message.partitions[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                DeleteOffsetsRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.DeleteOffsetsRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = DeleteOffsetsRequest.prototype.groupId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.millrace.groups.v1.TopicPartition.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DeleteOffsetsRequest;
            })();

            v1.DeleteOffsetsResponse = (function() {

                const DeleteOffsetsResponse = function (properties) {
                    this.outcomes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                DeleteOffsetsResponse.prototype.outcomes = $util.emptyArray;

                DeleteOffsetsResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.outcomes != null && message.outcomes.length)
                        for (let i = 0; i < message.outcomes.length; ++i)
                            $root.millrace.groups.v1.Outcome.encode(message.outcomes[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                DeleteOffsetsResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.DeleteOffsetsResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.outcomes && message.outcomes.length))
                                    message.outcomes = [];
                                message.outcomes.push($root.millrace.groups.v1.Outcome.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DeleteOffsetsResponse;
            })();

            v1.ListGroupsRequest = (function() {

                const ListGroupsRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ListGroupsRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ListGroupsRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.ListGroupsRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ListGroupsRequest;
            })();

            v1.ListGroupsResponse = (function() {

                const ListGroupsResponse = function (properties) {
                    this.loading = ListGroupsResponse.prototype.loading;
                    this.groups = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ListGroupsResponse.prototype.groups = $util.emptyArray;
                ListGroupsResponse.prototype.loading = false;

                ListGroupsResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groups != null && message.groups.length)
                        for (let i = 0; i < message.groups.length; ++i)
                            $root.millrace.groups.v1.GroupListing.encode(message.groups[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.loading != null && $Object.hasOwnProperty.call(message, "loading") && message.loading !== false)
                        writer.uint32(16).bool(message.loading);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ListGroupsResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.ListGroupsResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.groups && message.groups.length))
                                    message.groups = [];
                                message.groups.push($root.millrace.groups.v1.GroupListing.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.loading = value;
                                else
                                    message.loading = ListGroupsResponse.prototype.loading;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ListGroupsResponse;
            })();

            v1.GroupListing = (function() {

                const GroupListing = function (properties) {
                    this.groupId = GroupListing.prototype.groupId;
                    this.protocolType = GroupListing.prototype.protocolType;
                    this.state = GroupListing.prototype.state;
                    this.groupType = GroupListing.prototype.groupType;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                GroupListing.prototype.groupId = "";
                GroupListing.prototype.protocolType = "";
                GroupListing.prototype.state = "";
                GroupListing.prototype.groupType = "";

                GroupListing.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.protocolType != null && $Object.hasOwnProperty.call(message, "protocolType") && message.protocolType !== "")
                        writer.uint32(18).string(message.protocolType);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(26).string(message.state);
                    if (message.groupType != null && $Object.hasOwnProperty.call(message, "groupType") && message.groupType !== "")
                        writer.uint32(34).string(message.groupType);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                GroupListing.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.GroupListing();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = GroupListing.prototype.groupId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocolType = value;
                                else
                                    message.protocolType = GroupListing.prototype.protocolType;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    message.state = GroupListing.prototype.state;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupType = value;
                                else
                                    message.groupType = GroupListing.prototype.groupType;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return GroupListing;
            })();

            v1.DescribeGroupRequest = (function() {

                const DescribeGroupRequest = function (properties) {
                    this.groupId = DescribeGroupRequest.prototype.groupId;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                DescribeGroupRequest.prototype.groupId = "";

                DescribeGroupRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                DescribeGroupRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.DescribeGroupRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = DescribeGroupRequest.prototype.groupId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DescribeGroupRequest;
            })();

            v1.DescribeGroupResponse = (function() {

                const DescribeGroupResponse = function (properties) {
                    this.groupId = DescribeGroupResponse.prototype.groupId;
                    this.state = DescribeGroupResponse.prototype.state;
                    this.protocolType = DescribeGroupResponse.prototype.protocolType;
                    this.protocolName = DescribeGroupResponse.prototype.protocolName;
                    this.members = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                DescribeGroupResponse.prototype.groupId = "";
                DescribeGroupResponse.prototype.state = "";
                DescribeGroupResponse.prototype.protocolType = "";
                DescribeGroupResponse.prototype.protocolName = "";
                DescribeGroupResponse.prototype.members = $util.emptyArray;

                DescribeGroupResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(18).string(message.state);
                    if (message.protocolType != null && $Object.hasOwnProperty.call(message, "protocolType") && message.protocolType !== "")
                        writer.uint32(26).string(message.protocolType);
                    if (message.protocolName != null && $Object.hasOwnProperty.call(message, "protocolName") && message.protocolName !== "")
                        writer.uint32(34).string(message.protocolName);
                    if (message.members != null && message.members.length)
                        for (let i = 0; i < message.members.length; ++i)
                            $root.millrace.groups.v1.GroupMember.encode(message.members[i], writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                DescribeGroupResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.DescribeGroupResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = DescribeGroupResponse.prototype.groupId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    message.state = DescribeGroupResponse.prototype.state;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocolType = value;
                                else
                                    message.protocolType = DescribeGroupResponse.prototype.protocolType;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocolName = value;
                                else
                                    message.protocolName = DescribeGroupResponse.prototype.protocolName;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.members && message.members.length))
                                    message.members = [];
                                message.members.push($root.millrace.groups.v1.GroupMember.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DescribeGroupResponse;
            })();

            v1.GroupMember = (function() {

                const GroupMember = function (properties) {
                    this.memberId = GroupMember.prototype.memberId;
                    this.groupInstanceId = GroupMember.prototype.groupInstanceId;
                    this.clientId = GroupMember.prototype.clientId;
                    this.clientHost = GroupMember.prototype.clientHost;
                    this.metadata = GroupMember.prototype.metadata;
                    this.assignment = GroupMember.prototype.assignment;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                GroupMember.prototype.memberId = "";
                GroupMember.prototype.groupInstanceId = null;
                GroupMember.prototype.clientId = "";
                GroupMember.prototype.clientHost = "";
                GroupMember.prototype.metadata = $util.newBuffer([]);
                GroupMember.prototype.assignment = $util.newBuffer([]);

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(GroupMember.prototype, "_groupInstanceId", {
                    get: $util.oneOfGetter($oneOfFields = ["groupInstanceId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                GroupMember.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                        writer.uint32(10).string(message.memberId);
                    if (message.groupInstanceId != null && $Object.hasOwnProperty.call(message, "groupInstanceId"))
                        writer.uint32(18).string(message.groupInstanceId);
                    if (message.clientId != null && $Object.hasOwnProperty.call(message, "clientId") && message.clientId !== "")
                        writer.uint32(26).string(message.clientId);
                    if (message.clientHost != null && $Object.hasOwnProperty.call(message, "clientHost") && message.clientHost !== "")
                        writer.uint32(34).string(message.clientHost);
                    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata") && message.metadata.length)
                        writer.uint32(42).bytes(message.metadata);
                    if (message.assignment != null && $Object.hasOwnProperty.call(message, "assignment") && message.assignment.length)
                        writer.uint32(50).bytes(message.assignment);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                GroupMember.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.GroupMember();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.memberId = value;
                                else
                                    message.memberId = GroupMember.prototype.memberId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.groupInstanceId = reader.stringVerify();
                                message._groupInstanceId = "groupInstanceId";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.clientId = value;
                                else
                                    message.clientId = GroupMember.prototype.clientId;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.clientHost = value;
                                else
                                    message.clientHost = GroupMember.prototype.clientHost;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.metadata = value;
                                else
                                    message.metadata = GroupMember.prototype.metadata;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.assignment = value;
                                else
                                    message.assignment = GroupMember.prototype.assignment;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return GroupMember;
            })();

            v1.DeleteGroupRequest = (function() {

                const DeleteGroupRequest = function (properties) {
                    this.groupId = DeleteGroupRequest.prototype.groupId;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                DeleteGroupRequest.prototype.groupId = "";

                DeleteGroupRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                        writer.uint32(10).string(message.groupId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                DeleteGroupRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.DeleteGroupRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.groupId = value;
                                else
                                    message.groupId = DeleteGroupRequest.prototype.groupId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DeleteGroupRequest;
            })();

            v1.DeleteGroupResponse = (function() {

                const DeleteGroupResponse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                DeleteGroupResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                DeleteGroupResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.groups.v1.DeleteGroupResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DeleteGroupResponse;
            })();

            return v1;
        })();

        return groups;
    })();

    millrace.v1 = $failure.v1;

    return millrace;
})();


export const FindCoordinatorRequest = millrace.groups.v1.FindCoordinatorRequest;
export const FindCoordinatorResponse = millrace.groups.v1.FindCoordinatorResponse;
export const JoinRequest = millrace.groups.v1.JoinRequest;
export const GroupProtocol = millrace.groups.v1.GroupProtocol;
export const JoinResponse = millrace.groups.v1.JoinResponse;
export const JoinedMember = millrace.groups.v1.JoinedMember;
export const Member = millrace.groups.v1.Member;
export const SyncRequest = millrace.groups.v1.SyncRequest;
export const MemberAssignment = millrace.groups.v1.MemberAssignment;
export const SyncResponse = millrace.groups.v1.SyncResponse;
export const HeartbeatRequest = millrace.groups.v1.HeartbeatRequest;
export const HeartbeatResponse = millrace.groups.v1.HeartbeatResponse;
export const LeaveRequest = millrace.groups.v1.LeaveRequest;
export const LeavingMember = millrace.groups.v1.LeavingMember;
export const LeaveResponse = millrace.groups.v1.LeaveResponse;
export const Outcome = millrace.groups.v1.Outcome;
export const CommitOffsetsRequest = millrace.groups.v1.CommitOffsetsRequest;
export const CommittedOffset = millrace.groups.v1.CommittedOffset;
export const CommitOffsetsResponse = millrace.groups.v1.CommitOffsetsResponse;
export const FetchOffsetsRequest = millrace.groups.v1.FetchOffsetsRequest;
export const TopicPartition = millrace.groups.v1.TopicPartition;
export const FetchOffsetsResponse = millrace.groups.v1.FetchOffsetsResponse;
export const FetchedOffset = millrace.groups.v1.FetchedOffset;
export const DeleteOffsetsRequest = millrace.groups.v1.DeleteOffsetsRequest;
export const DeleteOffsetsResponse = millrace.groups.v1.DeleteOffsetsResponse;
export const ListGroupsRequest = millrace.groups.v1.ListGroupsRequest;
export const ListGroupsResponse = millrace.groups.v1.ListGroupsResponse;
export const GroupListing = millrace.groups.v1.GroupListing;
export const DescribeGroupRequest = millrace.groups.v1.DescribeGroupRequest;
export const DescribeGroupResponse = millrace.groups.v1.DescribeGroupResponse;
export const GroupMember = millrace.groups.v1.GroupMember;
export const DeleteGroupRequest = millrace.groups.v1.DeleteGroupRequest;
export const DeleteGroupResponse = millrace.groups.v1.DeleteGroupResponse;
export const Groups = {
    findCoordinator: { path: "/millrace.groups.v1.Groups/FindCoordinator", kind: "unary", request: FindCoordinatorRequest, response: FindCoordinatorResponse },
    join: { path: "/millrace.groups.v1.Groups/Join", kind: "unary", request: JoinRequest, response: JoinResponse },
    sync: { path: "/millrace.groups.v1.Groups/Sync", kind: "unary", request: SyncRequest, response: SyncResponse },
    heartbeat: { path: "/millrace.groups.v1.Groups/Heartbeat", kind: "unary", request: HeartbeatRequest, response: HeartbeatResponse },
    leave: { path: "/millrace.groups.v1.Groups/Leave", kind: "unary", request: LeaveRequest, response: LeaveResponse },
    commitOffsets: { path: "/millrace.groups.v1.Groups/CommitOffsets", kind: "unary", request: CommitOffsetsRequest, response: CommitOffsetsResponse },
    fetchOffsets: { path: "/millrace.groups.v1.Groups/FetchOffsets", kind: "unary", request: FetchOffsetsRequest, response: FetchOffsetsResponse },
    deleteOffsets: { path: "/millrace.groups.v1.Groups/DeleteOffsets", kind: "unary", request: DeleteOffsetsRequest, response: DeleteOffsetsResponse },
    listGroups: { path: "/millrace.groups.v1.Groups/ListGroups", kind: "unary", request: ListGroupsRequest, response: ListGroupsResponse },
    describeGroup: { path: "/millrace.groups.v1.Groups/DescribeGroup", kind: "unary", request: DescribeGroupRequest, response: DescribeGroupResponse },
    deleteGroup: { path: "/millrace.groups.v1.Groups/DeleteGroup", kind: "unary", request: DeleteGroupRequest, response: DeleteGroupResponse },
};
